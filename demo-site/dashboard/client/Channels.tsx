/** The same figures by where the nudge was shown. */
import type { ChannelReport } from '../../collector/report'
import { Card } from './Card'
import { count, duration, share, title } from './format'

export const Channels = ({ channels }: { channels: readonly ChannelReport[] }) => (
  <Card id="channels" title="Channels" about="Where is it slow, and where does it come too late?" wide>
    {channels.length === 0 ? (
      <p class="none">No nudge has been seen yet.</p>
    ) : (
      <div class="scroll" role="region" aria-label="Table of channels" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Surface</th>
              <th scope="col" class="text">
                Device
              </th>
              <th scope="col" class="text">
                Page
              </th>
              <th scope="col">Seen</th>
              <th scope="col">Median</th>
              <th scope="col">p95</th>
              <th scope="col">Moment fit</th>
            </tr>
          </thead>
          <tbody>
            {channels.map(({ surface, device, pageType, n, p50, p95, fitRate }) => (
              <tr key={`${surface} ${device} ${pageType}`}>
                <th scope="row">{title(surface)}</th>
                <td class="text">{title(device)}</td>
                <td class="text">{title(pageType)}</td>
                <td>{count(n)}</td>
                <td>{duration(p50)}</td>
                <td>{duration(p95)}</td>
                <td>
                  <span class="rate">
                    <span class="track" aria-hidden="true">
                      <span class="fit-inMoment" style={{ width: `${(fitRate ?? 0) * 100}%` }} />
                    </span>
                    {share(fitRate)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
    <p class="note">Median and p95: from signal to seen.</p>
  </Card>
)
