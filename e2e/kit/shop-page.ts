import type { Page, Route } from '@playwright/test'

/** Serves a page of the shop with its markup edited on the way: another script tag, say. */
export const editPage = (page: Page, path: string, edit: (html: string) => string) =>
  page.route(path, async (route: Route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: edit(await response.text()) })
  })
