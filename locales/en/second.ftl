# What proves who a member of staff is beside the password: at sign-in, on their own account, and for administrators.
second-title = One more proof
second-why = Your password is right. This account asks for one more proof that it is you.
second-code = Code from your app
second-code-hint = Six digits, new every 30 seconds. A recovery code works here too.
second-code-recovery = Recovery code
second-code-recovery-hint = One of the codes you wrote down. Each works once.
second-code-instead = Or a code from your app
second-go-on = Go on
second-lost = Lost all of them? Ask your administrator to reset your second proof.
second-other-account = Sign in with another account
second-passkey-sign-in = Sign in with a passkey
second-passkey-use = Use a passkey
second-passkey-failed = That did not work. Try again, or use another way on this page.
second-too-late = That took too long. Sign in once more.
second-too-many = Too many codes were tried. Wait { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}, or go on now with a passkey or a recovery code.
second-refused-needed = You need at least one second proof. Set up another before you remove this one.
second-refused-wrong = This proof does not fit. Check it and try again, or use another way.
second-refused-used = This code was used before. Wait for the next one.
second-refused-old = That took too long. Try once more.
second-refused-no-room = This passkey is here already, or you have ten. Remove one first.
second-refused-sign-in-first = This account has a second proof that you have not used today. Sign out, and sign in with it to change anything here.
second-account-link = How you prove that it is you
second-account-title = How you prove that it is you
second-intro = A second proof keeps others out, even if they know your password.
second-must-title = Set up a second proof to go on
second-must = Your agency asks for one. It takes two minutes: choose an app or a passkey below.
second-back = Back to your account
second-leave = Leave it as it is
second-since = Set up { $moment }
second-did-added = That works from now on.
second-did-removed = That is removed.
second-app = Codes from an app
second-app-what = An app on your phone shows a new code every 30 seconds. You type it after your password.
second-app-set-up = Set up an app
second-app-other = Set up another app in its place
second-app-remove = Remove the app
second-app-title = Set up an app
second-app-scan = Open an authenticator app on your phone, add an account, and point the camera at this.
second-app-qr = A code for your app's camera. The same stands in letters below it.
second-app-letters = No camera? Type these letters into the app:
second-app-code = The code your app shows now
second-app-code-hint = Six digits
second-app-done = It works: turn it on
second-app-wrong = That is not the code for now. Check that your phone's clock is right, and type the newest code.
second-passkeys = Passkeys
second-passkeys-what = A passkey is kept by your device or a key you plug in. You use it with a finger, your face or a PIN, and need no password with it.
second-passkey-name = Name for this passkey
second-passkey-name-hint = Such as "work laptop"
second-passkey-make = Add a passkey
second-passkey-none = This browser offers no passkeys, or has scripts turned off. An app works in every browser.
second-passkey-not-here = Passkeys need this site's own name. Open it by that name, not by numbers, to add one.
second-passkey-remove = Remove: { $name }
second-passkey-unnamed = Passkey without a name
second-recovery = Recovery codes
second-recovery-left = { $n ->
    [0] You have no recovery codes left. Make new ones.
    [one] You have { $n } recovery code left.
   *[other] You have { $n } recovery codes left.
}
second-recovery-new = Make new recovery codes
second-recovery-title = Your recovery codes
second-recovery-keep = If you lose your phone or key, each of these gets you in once. Write them down or print them now: they are not shown again. Old codes no longer work.
second-recovery-kept = I have kept them
second-copy = Copy
second-copied = Copied
second-print = Print
second-of = Second proofs
second-of-app = An app that shows codes
second-of-passkeys = { $n ->
    [one] { $n } passkey
   *[other] { $n } passkeys
}
second-of-none = This person has set up none.
second-of-owed = These were reset. This person must set up a new one at the next sign-in.
second-reset-legend = Why do you reset them?
second-reset-hint = Make sure that it is this person who asks. The reason is kept in the journal.
second-reset-why-lost = The device is lost or broken
second-reset-why-stolen = The device was stolen
second-reset-why-replaced = They have a new device
second-reset-why-locked-out = They cannot get in
second-reset = Remove all second proofs
second-reset-done = All second proofs are removed and the browsers signed out. This person signs in with the password and must set up a new proof.
second-reset-why = Say why, then do it again. Nothing was changed.
