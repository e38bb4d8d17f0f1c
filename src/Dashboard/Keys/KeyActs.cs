using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Keys;

namespace Dashboard.Keys;

/// <summary>What administrators do with keys: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class KeyActs(
    KeyRotation rotation, KeyRetirement retirement, KeyMaking making, Acts acts, Toasts toasts, BrowserTime time)
{
    /// <summary>Rotates; asks once more where somebody may notice it.</summary>
    public Task RotateAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var command = new RotateKeys(algorithm, false, false, null);
        var trial = await rotation.TryRotateAsync(command, cancellationToken);
        var question = trial.Refusal is null
            ? KeyQuestions.Rotate(algorithm, trial, time)
            : KeyQuestions.Force(algorithm, trial, time);
        if (await acts.AskAsync(Right.ManageKeys, question) is ({ } who, { } reason))
        {
            Tell(await rotation.RotateAsync(
                command with { Force = trial.Refusal is not null, Reason = reason }, who, cancellationToken));
        }
    });

    /// <summary>Rotates because the key that signs may be in other hands.</summary>
    public Task RotateAndRevokeAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var command = new RotateKeys(algorithm, false, true, null);
        var trial = await rotation.TryRotateAsync(command, cancellationToken);
        if (await acts.AskAsync(Right.ManageKeys, KeyQuestions.RotateAndRevoke(algorithm, trial)) is ({ } who, { } reason))
        {
            Tell(await rotation.RotateAsync(command with { Reason = reason }, who, cancellationToken));
        }
    });

    public Task RetireAsync(SigningKey key, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.ManageKeys, KeyQuestions.Retire(key)) is ({ } who, { } reason))
        {
            var outcome = await retirement.RetireAsync(key.KeyId, reason, who, cancellationToken);
            Tell(outcome is KeyRetirementOutcome.Retired, "The key is retired.", () => KeyProblems.Of(outcome));
        }
    });

    public Task RevokeAsync(SigningKey key, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var trial = await retirement.TryRevokeAsync(key.KeyId, cancellationToken);
        if (await acts.AskAsync(Right.ManageKeys, KeyQuestions.Revoke(key, trial.Usage)) is ({ } who, { } reason))
        {
            var outcome = await retirement.RevokeAsync(key.KeyId, reason, who, cancellationToken);
            Tell(outcome is KeyRevocationOutcome.Revoked, "The key is revoked.", () => KeyProblems.Of(outcome));
        }
    });

    /// <summary>Makes another next key; null where nothing came of it.</summary>
    public Task<KeyCreation.Created?> CreateAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken) => MakeAsync(
        KeyQuestions.Create(algorithm),
        allowed => making.CreateAsync(algorithm, allowed.Reason, allowed.Who, cancellationToken),
        null);

    /// <summary>Imports a key; null where nothing came of it, and then the faults of fields were handed to the caller.</summary>
    public Task<KeyCreation.Created?> ImportAsync(
        KeyImport import, Action<IReadOnlyList<FieldFault>> refuse, CancellationToken cancellationToken) => MakeAsync(
            KeyQuestions.Import(import.State),
            allowed => making.ImportAsync(import with { Reason = allowed.Reason }, allowed.Who, cancellationToken),
            refuse);

    private Task<KeyCreation.Created?> MakeAsync(
        ReasonQuestion question, Func<Allowed, Task<KeyCreation>> make, Action<IReadOnlyList<FieldFault>>? refuse) => acts.GuardAsync(
            async () =>
            {
                if (await acts.AskAsync(Right.ManageKeys, question) is not { } allowed)
                {
                    return null;
                }

                var outcome = await make(allowed);
                if (outcome is KeyCreation.Invalid invalid && refuse is not null)
                {
                    refuse(invalid.Faults);
                    return null;
                }

                var created = outcome as KeyCreation.Created;
                Tell(created is not null, created?.Key.IsImported is true ? "The key is imported." : "The next key is made.", () => KeyProblems.Of(outcome));
                return created;
            },
            Acts.Unconfirmed);

    private void Tell(KeyRotationOutcome outcome) => Tell(
        outcome is KeyRotationOutcome.Rotated, "The keys are rotated.", () => KeyProblems.Of(outcome));

    private void Tell(bool isDone, string done, Func<ProblemResult> refusal)
    {
        if (isDone)
        {
            toasts.Success(done);
        }
        else
        {
            toasts.Error(refusal().Detail);
        }
    }

    private Task GuardAsync(Func<Task> act) => acts.GuardAsync(act, Acts.Unconfirmed);
}
