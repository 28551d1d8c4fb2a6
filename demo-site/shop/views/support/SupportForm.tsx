import { announce } from '../../browser/announcements'
import { useForm } from '../../browser/useForm'
import { useReady } from '../../browser/useReady'
import { describedBy, Field, FieldFrame } from '../../parts/Field'
import { FormAlert } from '../../parts/FormAlert'
import { tell } from '../../tell'
import { all, atLeast, emailAddress, needed, shaped } from '../../validate'

const topics = [
  ['order', 'An order I placed'],
  ['delivery', 'Delivery and tracking'],
  ['breakage', 'Something arrived broken'],
  ['subscription', 'My standing order'],
  ['brewing', 'A question about brewing'],
  ['other', 'Something else'],
] as const

export function SupportForm({ onSent }: { readonly onSent: () => void }) {
  const ready = useReady()
  const { errors, form } = useForm(
    {
      name: needed('Tell us your name.'),
      email: emailAddress,
      topic: needed('Choose what it is about.'),
      order: shaped(/^(KK-)?\d{5}$/i, 'Order numbers look like KK-12345.'),
      message: all(
        needed('Write us a few words.'),
        atLeast(20, 'A little more, please: at least 20 characters, so that we can answer in one go.'),
      ),
    },
    ({ topic }) => {
      tell('track', 'support_contact', { topic })
      announce('Your message is on its way.')
      onSent()
    },
  )
  const topicNote = describedBy('topic', errors.topic)
  const hint = 'What happened, and what you would like us to do.'
  return (
    <form class="form" id="support-form" method="post" {...form}>
      <FormAlert errors={errors} />
      <Field name="name" label="Name" autocomplete="name" required size="half" error={errors.name} />
      <Field
        name="email"
        label="E-mail"
        type="email"
        autocomplete="email"
        inputmode="email"
        required
        size="half"
        error={errors.email}
      />
      <FieldFrame name="topic" label="What is it about?" size="half" error={errors.topic}>
        <select id="topic" name="topic" required {...topicNote}>
          <option value="">Choose…</option>
          {topics.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </FieldFrame>
      <Field
        name="order"
        label="Order number"
        placeholder="KK-12345"
        autocomplete="off"
        size="half"
        error={errors.order}
      />
      <FieldFrame name="message" label="Message" hint={hint} error={errors.message}>
        <textarea
          id="message"
          name="message"
          rows={6}
          required
          {...describedBy('message', errors.message, hint)}
        />
      </FieldFrame>
      <div class="form-end">
        <button type="submit" id="send-message" class="button" data-cta disabled={!ready}>
          Send
        </button>
      </div>
    </form>
  )
}
