import { createCalm } from '../calm'
import { collide } from '../decide/instant'
import { actions, compose, createStage, isBannerUp, isDialogOpen, surfaces } from '../nudge'
import { beforeFrame } from '../platform/before-frame'
import { createShowing } from '../showing'
import type { Kit } from './kit'

/** Loaded where there is a ruleset. */
export function install(kit: Kit) {
  for (const [name, surface] of Object.entries(surfaces)) kit.surface(name, surface)
  for (const [name, action] of Object.entries(actions)) kit.action(name, action)
  kit.give('nudge', {
    open({
      platform,
      brought,
      rooms,
      armed,
      largestPaintOpen,
      element,
      provided,
      affinity,
      pictures,
      context: { given, channel },
      page,
      ...more
    }) {
      const stage = createStage({
        platform,
        largestPaintOpen,
        element,
        provided,
        affinity,
        pictures,
        addProducts: () => rooms.recommend?.addProducts,
        surface: (name) => brought(name)?.surface,
        action: (name) => brought(name)?.action,
      })
      const { clock, afterFrame, guard } = platform
      const calm = createCalm({ platform, isDialogOpen, isBannerUp, page, given })
      const showing = createShowing({
        clock,
        beforeFrame: (run) => beforeFrame(platform, run),
        afterFrame,
        mount: stage.show,
        prepare: stage.prepare,
        drop: stage.drop,
        unrest: calm.unrest,
        collide,
        channel,
        ...more,
      })
      return {
        ...showing,
        defer: (moment, bounds, again) => showing.defer(moment, bounds, guard('pipeline', again)),
        busy() {
          if (!stage.stands()) showing.lose()
          return showing.busy()
        },
        inert: isDialogOpen,
        mount: stage.show,
        compose: (spec, attributes, more) =>
          compose(spec, attributes, {
            ...rooms.filters,
            ...rooms.recommend,
            catalogue: armed.ruleset?.source,
            ...more,
          }),
        hasPlace: stage.hasPlace,
        hidden: stage.hidden,
        stop() {
          showing.stop()
          calm.stop()
          stage.stop()
        },
      }
    },
  })
}
