import { createCalm } from '../calm'
import { collide } from '../decide/instant'
import { compose, createStage, isBannerUp, isDialogOpen } from '../nudge'
import { beforeFrame } from '../platform/before-frame'
import { createShowing } from '../showing'
import type { Kit } from './kit'

/** Loaded where there is a ruleset. */
export const install = (kit: Kit) =>
  kit.give('nudge', {
    compose,
    open({ platform, largestPaintOpen, context: { given, channel }, page, ...more }) {
      const stage = createStage(platform, largestPaintOpen)
      const { clock, afterFrame, guard } = platform
      const calm = createCalm({ platform, isDialogOpen, isBannerUp, page, given })
      const showing = createShowing({
        clock,
        beforeFrame: (run) => beforeFrame(platform, run),
        afterFrame,
        mount: stage.show,
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
        stop() {
          showing.stop()
          calm.stop()
          stage.stop()
        },
      }
    },
  })
