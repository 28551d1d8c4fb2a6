import { compose, createStage } from '../nudge'
import { createShowing } from '../showing'
import type { Kit } from './kit'

/** Loaded where there is a ruleset. */
export const install = (kit: Kit) =>
  kit.give('nudge', {
    compose,
    open({ platform, largestPaintOpen, ...more }) {
      const stage = createStage(platform, largestPaintOpen)
      const { clock, afterFrame } = platform
      const showing = createShowing({ clock, afterFrame, mount: stage.show, ...more })
      return {
        ...showing,
        busy() {
          if (!stage.stands()) showing.lose()
          return showing.busy()
        },
        inert: stage.busy,
        stop() {
          showing.stop()
          stage.stop()
        },
      }
    },
  })
