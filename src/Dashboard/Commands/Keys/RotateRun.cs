using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Keys;

namespace Dashboard.Commands.Keys;

/// <summary><c>keys rotate</c>: asks where somebody may notice it.</summary>
internal sealed class RotateRun(CommandRun run)
{
    private const int MostLookedAt = 200;
    private const int MostNamed = 5;

    public Task<int> RunAsync(KeyAlgorithm? algorithm, bool force, bool revoke, CancellationToken cancellationToken) => run.WithCoreAsync(
        async services =>
        {
            var rotation = services.GetRequiredService<KeyRotation>();
            var command = new RotateKeys(algorithm, force, revoke, run.Reason);
            var trial = await rotation.TryRotateAsync(command, cancellationToken);
            if (trial.Refusal is { } refusal)
            {
                return run.Refuse(KeyProblems.Of(refusal));
            }

            var unforced = await rotation.TryRotateAsync(command with { Force = false, Revoke = false }, cancellationToken);
            var clients = revoke
                ? await ReadClientsAsync(services.GetRequiredService<TokenDirectory>(), trial.OldKeyId, cancellationToken)
                : [];
            if ((run.IsDryRun || revoke || unforced.Refusal is not null)
                && run.Settle(ConsequenceOf(trial, revoke, unforced.Refusal, clients), RotationTrialJson.Of(trial)) is { } ended)
            {
                return ended;
            }

            return Answer(await rotation.RotateAsync(command, CommandRun.Who, cancellationToken), trial);
        },
        cancellationToken);

    private int Answer(KeyRotationOutcome outcome, KeyRotationTrial trial)
    {
        if (outcome is not KeyRotationOutcome.Rotated rotated)
        {
            return run.Refuse(KeyProblems.Of(outcome));
        }

        var old = (rotated.OldKeyId, trial.OldState) switch
        {
            (null, _) => "",
            ({ } id, KeyState.Revoked) => $" Everything that {id} signed is refused.",
            ({ } id, _) => $" {id} goes on verifying what it signed.",
        };
        return run.Answer(
            new RotationJson(rotated.CurrentKeyId, rotated.OldKeyId), $"{rotated.CurrentKeyId} signs from now on.{old}");
    }

    private static string ConsequenceOf(
        KeyRotationTrial trial, bool revoke, KeyRotationOutcome? unforced, IReadOnlyList<string> clients)
    {
        List<string> sentences = [$"{trial.CurrentKeyId} signs from this moment on, and another key is made to follow it."];
        if (unforced is KeyRotationOutcome.TooYoung young)
        {
            sentences.Add(
                $"Services that keep the JWKS for long do not know it until {CommandText.Time(young.ReadyAt)}, and refuse new tokens until "
                + "they fetch the JWKS again.");
        }
        else if (unforced is KeyRotationOutcome.NotShared)
        {
            sentences.Add(
                "Nobody was shown that secret: services that verify by themselves refuse new tokens, and nobody can read it here any more.");
        }

        if (trial.OldKeyId is { } old)
        {
            sentences.Add(revoke
                ? $"Everything that {old} signed is refused at once, for good: {KeyAnswers.ReachOf(trial.Usage)}{NamesOf(clients)}. Clients "
                    + "have to ask for new tokens, and people to sign in to the API again."
                : $"{old} goes on verifying what it signed: {KeyAnswers.ReachOf(trial.Usage)}{UntilOf(trial.Usage)}.");
        }

        return string.Join(' ', sentences);
    }

    private static string UntilOf(KeyUsage usage) =>
        usage is { LiveTokens: > 0, LastExpiryAt: { } last } ? $", the last of them until {CommandText.Time(last)}" : "";

    private static string NamesOf(IReadOnlyList<string> clients) => clients switch
    {
        [] => "",
        { Count: <= MostNamed } => $" ({string.Join(", ", clients)})",
        _ => $" ({string.Join(", ", clients.Take(MostNamed))} and others)",
    };

    // Of the newest tokens: who breaks is named, not counted.
    private static async Task<IReadOnlyList<string>> ReadClientsAsync(
        TokenDirectory directory, string? keyId, CancellationToken cancellationToken)
    {
        if (keyId is null)
        {
            return [];
        }

        var page = await directory.ListAsync(
            new LedgerFilter { KeyId = keyId, Status = TokenStatus.Live }, null, MostLookedAt, cancellationToken);
        return [.. page.Items.Select(token => token.Client).OfType<string>().Distinct(StringComparer.Ordinal).Select(CommandText.Plain)];
    }
}
