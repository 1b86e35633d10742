// What a representative's client knows of herself: presence, offers, notices, each told once.
import type { NoticeView, OfferView, PresenceView, SelfView } from '@rollcall/shared'
import { createEmitter } from './emitter.ts'
import type { Message, Ready } from './link.ts'

/**
 * An offer that is no longer open. `reason`: `accepted` (here, in another tab, or assigned to her by a service),
 * `rejected`, `missed`, `withdrawn` (also when given to somebody else, closed, or not allowed by what she chose); `gone`
 * when it ended while there was no connection; `ended` when this client did.
 */
export interface OfferEnd {
  readonly offer: OfferView
  readonly reason: string
}

/** What an application asks of it. */
export interface PresenceCalls {
  /** The last presence the server told, or null before the first. While not live it may be old. */
  getPresence(): PresenceView | null
  /** The offers that are open. */
  getOffers(): readonly OfferView[]
  /** The notices not yet seen. */
  getNotices(): readonly NoticeView[]
  onPresenceChange(listener: (presence: PresenceView) => void): () => void
  /** Each new offer once, also those that stood when the connection was made. */
  onOffer(listener: (offer: OfferView) => void): () => void
  /** An offer was withdrawn, missed, or answered here or in another tab. */
  onOfferEnd(listener: (end: OfferEnd) => void): () => void
  /** A hold began, or somebody else changed the presence; each once. */
  onNotice(listener: (notice: NoticeView) => void): () => void
  /** A notice was seen, here or in another tab, or grew old. */
  onNoticeEnd(listener: (notice: NoticeView) => void): () => void
}

export interface PresenceStore {
  readonly calls: PresenceCalls
  /** A message of the server. */
  take(message: Message): void
  /** A view that came as the answer to a command, perhaps ahead of the message about the same change. */
  answered(view: PresenceView): void
  offerEnded(about: OfItem, reason: string): void
  noticeSeen(id: string): void
  /** The connection is over for good: no answer can be given here any more. */
  ended(): void
}

type OfItem = Pick<OfferView, 'workItemId'>

/** Ids of notices told already; the server keeps at most 50 unseen ones. */
const TOLD = 200

export function createPresenceStore(): PresenceStore {
  const presences = createEmitter<PresenceView>()
  const offered = createEmitter<OfferView>()
  const offerEnds = createEmitter<OfferEnd>()
  const noticed = createEmitter<NoticeView>()
  const noticeEnds = createEmitter<NoticeView>()
  let presence: PresenceView | null = null
  /** Revision of the last view that came as a message on this connection; messages come in order. */
  let told = 0
  let offers: readonly OfferView[] = []
  let notices: readonly NoticeView[] = []
  let toldNotices: readonly string[] = []

  const show = (view: PresenceView): void => {
    const before = presence
    presence = view
    if (!before || JSON.stringify(before) !== JSON.stringify(view)) presences.emit(view)
  }

  /** What is no longer offered because it is among her work was accepted; the rest ended for `reason`. */
  const setOffers = (next: readonly OfferView[], reason: string): void => {
    const ends = offers
      .filter(offer => !next.some(same(offer)))
      .map(offer => ({ offer, reason: presence?.work.some(ofItem(offer)) ? 'accepted' : reason }))
    const came = next.filter(offer => !offers.some(same(offer)))
    offers = next
    for (const end of ends) offerEnds.emit(end)
    // A listener may have ended the client meanwhile.
    for (const offer of came) if (offers.includes(offer)) offered.emit(offer)
  }

  const setOffer = (about: OfItem, reason: string, offer: readonly OfferView[] = []): void => {
    const isIt = ofItem(about)
    setOffers([...offers.filter(other => !isIt(other)), ...offer], reason)
  }

  const setNotices = (next: readonly NoticeView[]): void => {
    const gone = notices.filter(({ id }) => !next.some(notice => notice.id === id))
    notices = next
    for (const notice of gone) noticeEnds.emit(notice)
    for (const notice of next) {
      if (toldNotices.includes(notice.id)) continue
      toldNotices = [...toldNotices, notice.id].slice(-TOLD)
      noticed.emit(notice)
    }
  }

  /** The first message of a connection replaces everything: what was before may be of another epoch. */
  const ready = ({ presence: view, offers: open, notices: unseen }: Ready): void => {
    told = view?.revision ?? 0
    if (view) show(view)
    setOffers(open ?? [], 'gone')
    setNotices(unseen ?? [])
  }

  const self = ({ offers: open, notices: unseen, ...view }: SelfView): void => {
    // Messages only step back when the server's store began a new epoch: then they count. Otherwise a message
    // that is older than the view here was overtaken by the answer to a command.
    if (view.revision < told || !presence || view.revision >= presence.revision) show(view)
    told = view.revision
    // A `work:withdrawn` with its reason came before; what is left to end here was made anew at once.
    setOffers(open, 'gone')
    setNotices(unseen)
  }

  return {
    calls: {
      getPresence: () => presence,
      getOffers: () => offers,
      getNotices: () => notices,
      onPresenceChange: presences.on,
      onOffer: offered.on,
      onOfferEnd: offerEnds.on,
      onNotice: noticed.on,
      onNoticeEnd: noticeEnds.on,
    },
    take({ name, payload }: Message) {
      if (name === 'ready') ready(payload)
      else if (name === 'presence:self') self(payload)
      else if (name === 'presence:notice')
        setNotices([...notices.filter(({ id }) => id !== payload.id), payload])
      else if (name === 'work:offered') setOffer(payload, 'gone', [payload])
      else if (name === 'work:withdrawn') setOffer(payload, payload.reason)
    },
    answered(view) {
      if (!presence || view.revision > presence.revision) show(view)
    },
    offerEnded: setOffer,
    noticeSeen: id => setNotices(notices.filter(notice => notice.id !== id)),
    ended: () => setOffers([], 'ended'),
  }
}

function ofItem({ workItemId }: OfItem): (other: OfItem) => boolean {
  return other => other.workItemId === workItemId
}

/** The same work item offered again is another offer. */
export function same(offer: OfferView): (other: OfferView) => boolean {
  return other => other.workItemId === offer.workItemId && other.offeredAt === offer.offeredAt
}
