import { useEffect, useState } from 'preact/hooks'
import { onAnnouncement } from '../browser/announcements'

export function Announcer() {
  const [text, setText] = useState('')
  useEffect(() => onAnnouncement(setText), [])
  return (
    <p class="sr-only" role="status" id="announcer">
      {text}
    </p>
  )
}
