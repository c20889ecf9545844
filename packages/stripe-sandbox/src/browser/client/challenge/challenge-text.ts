export interface ChallengeText {
  title: string;
  question: string;
  amount: string;
  merchant: string;
  card: string;
  unknownCard: string;
  saveCard: string;
  complete: string;
  fail: string;
  failed: string;
  done: string;
  note: string;
}

const english: ChallengeText = {
  title: "Confirm it is you",
  question: "Your bank asks you to authenticate this payment.",
  amount: "Amount",
  merchant: "Merchant",
  card: "Card",
  unknownCard: "Your card",
  saveCard: "No charge now, the card is saved",
  complete: "Complete authentication",
  fail: "Fail authentication",
  failed: "The answer could not be sent. Try again.",
  done: "Your answer has reached your bank. You can close this page.",
  note: "Test page of the local sandbox. A real bank would ask for a code here.",
};

const german: ChallengeText = {
  title: "Bestätigen Sie, dass Sie es sind",
  question: "Ihre Bank bittet Sie, diese Zahlung zu bestätigen.",
  amount: "Betrag",
  merchant: "Händler",
  card: "Karte",
  unknownCard: "Ihre Karte",
  saveCard: "Jetzt keine Abbuchung, die Karte wird gespeichert",
  complete: "Authentifizierung abschließen",
  fail: "Authentifizierung ablehnen",
  failed: "Die Antwort konnte nicht gesendet werden. Versuchen Sie es noch einmal.",
  done: "Ihre Antwort ist bei Ihrer Bank angekommen. Sie können diese Seite schließen.",
  note: "Testseite der lokalen Sandbox. Eine echte Bank würde hier nach einem Code fragen.",
};

export function challengeText(locale: string): ChallengeText {
  return locale.toLowerCase().startsWith("de") ? german : english;
}
