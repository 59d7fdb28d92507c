/** Verbs whose forms share no stem, the base form first: who asks what somebody found, asks it with "find". */
export const IRREGULAR_VERBS: readonly (readonly string[])[] = `
  become became
  begin began begun
  bind bound
  break broke broken
  bring brought
  build built
  buy bought
  catch caught
  choose chose chosen
  deal dealt
  draw drew drawn
  drive drove driven
  eat ate eaten
  fall fell fallen
  feed fed
  feel felt
  fight fought
  find found
  forbid forbade forbidden
  forget forgot forgotten
  freeze froze frozen
  grow grew grown
  hang hung
  hear heard
  hide hid hidden
  hold held
  keep kept
  know knew known
  lead led
  lose lost
  mean meant
  meet met
  pay paid
  rise rose risen
  run ran
  seek sought
  sell sold
  send sent
  shake shook shaken
  shoot shot
  show showed shown
  speak spoke spoken
  spend spent
  stand stood
  steal stole stolen
  stick stuck
  take took taken
  teach taught
  think thought
  throw threw thrown
  understand understood
  win won
  withdraw withdrew withdrawn
  write wrote written
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' '));
