using Dashboard.Core.Keys.Rotation;
using Dashboard.Hosting;

namespace Dashboard.Keys;

/// <summary>What the API says where a key cannot go on in its life.</summary>
internal static class KeyProblems
{
    public static ProblemResult Of(KeyRotationOutcome refusal) => refusal switch
    {
        KeyRotationOutcome.TooYoung young => Problems.Create(
            ErrorCode.Conflict,
            $"The next key has not been published long enough; it is known everywhere from {Problems.Iso(young.ReadyAt)}. "
            + "Rotating sooner needs force.",
            ("ready_at", young.ReadyAt)),
        KeyRotationOutcome.Overtaken => Problems.Create(
            ErrorCode.Conflict, "Somebody else rotated at the same moment; the keys were rotated once."),
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
            ErrorCode.Conflict, $"Only a previous key can be retired; this one is {wrong.State.ToString().ToLowerInvariant()}."),
        KeyRetirementOutcome.Unknown => Problems.Create(ErrorCode.NotFound, "There is no key with this kid."),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no refusal."),
    };
}
