using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Hosting.Keys;

namespace Dashboard.Commands.Keys;

/// <summary><c>keys retire</c>.</summary>
internal sealed class RetireRun(CommandRun run)
{
    public Task<int> RunAsync(string keyId, CancellationToken cancellationToken) => run.WithCoreAsync(
        async services =>
        {
            var retirement = services.GetRequiredService<KeyRetirement>();
            if (await retirement.TryRetireAsync(keyId, cancellationToken) is not { } trial)
            {
                return run.Refuse(KeyProblems.Unknown);
            }

            if (trial.Refusal is { } refusal)
            {
                return run.Refuse(KeyProblems.Of(refusal));
            }

            var consequence = $"{keyId} goes from the JWKS for good. Nothing that it signed here is good any more.";
            if (run.Settle(consequence, KeyTrialJson.Of(keyId, KeyState.Retired, trial.Usage, null)) is { } ended)
            {
                return ended;
            }

            var outcome = await retirement.RetireAsync(keyId, run.Reason, CommandRun.Who, cancellationToken);
            return outcome is KeyRetirementOutcome.Retired retired
                ? run.Answer(new RetirementJson(retired.At), $"{keyId} is retired.")
                : run.Refuse(KeyProblems.Of(outcome));
        },
        cancellationToken);
}
