using Dashboard.Controls;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;

namespace Dashboard.Keys;

/// <summary>What an administrator is told before keys are changed: what survives and what breaks, in numbers.</summary>
internal static class KeyQuestions
{
    // Above so many a word has to be typed.
    private const int ManyTokens = 100;

    /// <summary>Before a rotation that nobody will notice.</summary>
    public static ReasonQuestion Rotate(KeyAlgorithm algorithm, KeyRotationTrial trial, BrowserTime time) => new()
    {
        Title = $"Rotate the {algorithm} keys?",
        Named = $"{trial.OldKeyId ?? "no key"} → {trial.CurrentKeyId}",
        Consequence = "New tokens are signed with the next key from this moment on, and another one is made to follow it.",
        Survives = trial.Usage.LiveTokens is 0
            ? "No live token was signed with the old key."
            : $"Everything: {KeyWords.ReachOf(trial.Usage)}{(trial.Usage.LastExpiryAt is { } last ? $", the last of them until {time.Format(last)}," : "")} go on being accepted. The old key verifies them.",
        ActionLabel = "Rotate",
        IsDestructive = false,
    };

    /// <summary>Before a rotation that somebody may notice.</summary>
    public static ReasonQuestion Force(KeyAlgorithm algorithm, KeyRotationTrial trial, BrowserTime time) => new()
    {
        Title = trial.Refusal is KeyRotationOutcome.NotShared ? "Rotate to a secret that nobody has?" : "Rotate before the next key is known everywhere?",
        Named = $"{algorithm}: {trial.OldKeyId} → {trial.CurrentKeyId}",
        Consequence = trial.Refusal is KeyRotationOutcome.TooYoung young
            ? $"Services that keep the JWKS for long meet an unknown key until {time.Format(young.ReadyAt)}, and refuse new tokens until they fetch it again. Those that fetch it for an unknown kid do not notice."
            : "Services that verify by themselves refuse new tokens until they have the secret, and nobody can read it here any more. Make a next secret first, and give it to them.",
        Survives = $"What was signed before: {KeyWords.ReachOf(trial.Usage)}.",
        ActionLabel = "Rotate all the same",
    };

    /// <summary>Before a rotation because the old key may be in other hands.</summary>
    public static ReasonQuestion RotateAndRevoke(KeyAlgorithm algorithm, KeyRotationTrial trial) => new()
    {
        Title = $"Rotate and revoke the {algorithm} key?",
        Named = trial.OldKeyId ?? trial.CurrentKeyId ?? algorithm.ToString(),
        Consequence = $"Everything it signed is refused at once, for good: {KeyWords.ReachOf(trial.Usage)}. Clients have to ask for new tokens, and people to sign in to the API again."
            + (trial.Refusal is null ? "" : " The next key signs although it is not known everywhere yet."),
        Survives = algorithm.IsSymmetric
            ? "Tokens of other keys. Services that verify by themselves accept the old secret until it is taken from them."
            : "Tokens of other keys. Services that keep the JWKS accept the old key until they fetch it again.",
        ActionLabel = "Rotate and revoke",
        TypedWord = trial.Usage.LiveTokens > ManyTokens ? "REVOKE" : null,
    };

    public static ReasonQuestion Retire(SigningKey key) => new()
    {
        Title = "Retire this key?",
        Named = $"{key.KeyId} · {key.Algorithm}",
        Consequence = "It goes from the JWKS for good. Nothing that it signed is good any more.",
        Survives = "Its line here, and every token of other keys.",
        ActionLabel = "Retire",
        IsDestructive = false,
    };

    public static ReasonQuestion Revoke(SigningKey key, KeyUsage usage) => new()
    {
        Title = "Revoke this key?",
        Named = $"{key.KeyId} · {key.Algorithm} · {key.State.ToString().ToLowerInvariant()}",
        Consequence = key.State is KeyState.Next
            ? "It never signs: another key takes its place and is published from this moment on."
            : $"Everything it signed is refused at once, for good: {KeyWords.ReachOf(usage)}.",
        Survives = "Tokens of other keys.",
        ActionLabel = "Revoke key",
        TypedWord = usage.LiveTokens > ManyTokens ? "REVOKE" : null,
    };

    public static ReasonQuestion Create(KeyAlgorithm algorithm) => new()
    {
        Title = algorithm.IsSymmetric ? "Make the next secret?" : $"Replace the next {algorithm} key?",
        Named = algorithm.ToString(),
        Consequence = algorithm.IsSymmetric
            ? "It is shown to you once, and signs after the next rotation: give it to every service that verifies before that. The next secret of now is dropped."
            : "A fresh key is published from this moment on and signs after the next rotation. The next key of now is dropped; it never signed.",
        Survives = "The key that signs, and every token.",
        ActionLabel = algorithm.IsSymmetric ? "Make secret" : "Replace key",
        IsDestructive = false,
    };

    public static ReasonQuestion Import(KeyState state) => new()
    {
        Title = "Import this key?",
        Named = state is KeyState.Previous ? "To verify alone" : "To sign after the next rotation",
        Consequence = state is KeyState.Previous
            ? "What it signed is checked with it from this moment on. It is published, and never signs here."
            : "It is published from this moment on and signs after the next rotation. The next key of now is dropped; it never signed.",
        Survives = "The key that signs, and every token.",
        ActionLabel = "Import key",
        IsDestructive = false,
    };
}
