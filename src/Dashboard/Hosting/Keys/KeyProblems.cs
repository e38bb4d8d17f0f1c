using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;

namespace Dashboard.Hosting.Keys;

/// <summary>What the API says where a key cannot go on in its life.</summary>
internal static class KeyProblems
{
    public static ProblemResult Unknown => Problems.Create(ErrorCode.NotFound, "There is no key with this kid.");

    public static ProblemResult NoPublicPart =>
        Problems.Create(ErrorCode.Conflict, "This key is a shared secret; it has no public part.");

    private static ProblemResult Overtaken => Problems.Create(
        ErrorCode.Conflict, "Somebody else changed the keys at the same moment; what they did was done once.");

    public static ProblemResult Of(KeyRotationOutcome refusal) => refusal switch
    {
        KeyRotationOutcome.TooYoung young => Problems.Create(
            ErrorCode.Conflict,
            $"The next key has not been published long enough; it is known everywhere from {Problems.Iso(young.ReadyAt)}. "
            + "Rotating sooner needs force.",
            ("ready_at", young.ReadyAt)),
        KeyRotationOutcome.NotShared => Problems.Create(
            ErrorCode.Conflict,
            "Nobody was shown the next secret, so services that verify by themselves would refuse what it signs. Make or import one "
            + "first, and give it to them; rotating all the same needs force."),
        KeyRotationOutcome.Unknown unknown => Problems.Create(
            ErrorCode.Conflict, $"Tokens are not signed with {unknown.Algorithm} here, so there is nothing to rotate."),
        KeyRotationOutcome.Overtaken => Overtaken,
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no refusal."),
    };

    public static ProblemResult Of(KeyRetirementOutcome refusal) => refusal switch
    {
        KeyRetirementOutcome.StillNeeded needed => Problems.Create(
            ErrorCode.Conflict,
            $"The key is needed until {Problems.Iso(needed.Until)}: {needed.LiveTokens}{(needed.IsCapped ? "+" : "")} "
            + "live tokens were signed with it.",
            ("needed_until", needed.Until),
            ("live_tokens", needed.LiveTokens)),
        KeyRetirementOutcome.WrongState wrong => Problems.Create(
            ErrorCode.Conflict, $"Only a previous key can be retired; this one is {NameOf(wrong.State)}."),
        KeyRetirementOutcome.Unknown => Unknown,
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no refusal."),
    };

    public static ProblemResult Of(KeyRevocationOutcome refusal) => refusal switch
    {
        KeyRevocationOutcome.Already already => Problems.Create(
            ErrorCode.Conflict, $"The key was revoked before, at {Problems.Iso(already.At)}."),
        KeyRevocationOutcome.WrongState { State: KeyState.Current } => Problems.Create(
            ErrorCode.Conflict, "This key signs; rotate and revoke, so that another signs in its place."),
        KeyRevocationOutcome.WrongState wrong => Problems.Create(
            ErrorCode.Conflict, $"This key is {NameOf(wrong.State)}: nothing that it signed is accepted any more."),
        KeyRevocationOutcome.Unknown => Unknown,
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no refusal."),
    };

    public static ProblemResult Of(KeyCreation refusal) => refusal switch
    {
        KeyCreation.Invalid invalid => Problems.Invalid(invalid.Faults),
        KeyCreation.Known known => Problems.Create(
            ErrorCode.Conflict,
            $"The ring holds this key already, or another one with this kid: {known.KeyId} is {NameOf(known.State)}.",
            ("kid", known.KeyId)),
        KeyCreation.Overtaken => Overtaken,
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no refusal."),
    };

    private static string NameOf(KeyState state) => state.ToString().ToLowerInvariant();
}
