/** Verbs whose forms share no stem: who asks what somebody found, asks it with "find". */
const IRREGULAR_VERBS = `
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
`;

/** Verbs and the nouns made of them that share no stem: who asks about an assumption may mean "let us assume". */
const NOUNS_OF_VERBS = `
  acquire acquisition
  admit admission
  analyze analyse analysis
  apply application
  assume assumption
  believe belief
  clarify clarification
  classify classification
  commit commission
  compare comparison
  conceive conception
  conclude conclusion
  consume consumption
  convert conversion
  deduce deduction
  describe description
  divide division
  exclude exclusion
  expand expansion
  explain explanation
  extend extension
  fail failure
  identify identification
  imply implication
  include inclusion
  intervene intervention
  justify justification
  maintain maintenance
  modify modification
  multiply multiplication
  notify notification
  omit omission
  permit permission
  presume presumption
  proceed proceeded procedure
  produce production
  prove proof
  provide provision
  qualify qualification
  receive receipt reception
  recognize recognise recognition
  reduce reduction
  repeat repetition
  resolve resolution
  respond response
  resume resumption
  retain retention
  retrieve retrieval
  satisfy satisfaction
  simplify simplification
  solve solution
  specify specification
  submit submission
  subscribe subscription
  succeed succeeded success
  summarize summarise summary
  suspend suspension
  transcribe transcription
  transmit transmission
  vary variation
  verify verification
`;

/** Words that stand for one another although they share no stem, the base form first. */
export const WORD_FAMILIES: readonly (readonly string[])[] = (IRREGULAR_VERBS + NOUNS_OF_VERBS)
  .trim()
  .split(/\s*\n\s*/)
  .map((line) => line.split(' '));
