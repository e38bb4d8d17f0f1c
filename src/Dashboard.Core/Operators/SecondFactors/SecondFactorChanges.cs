using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Operators.SecondFactors;

/// <summary>
/// Lets operators set up, change and remove their own second factors. Each change is audited with the change itself, and ends
/// every other session of theirs.
/// </summary>
public sealed class SecondFactorChanges
{
    private static readonly TimeSpan OfferLifetime = TimeSpan.FromMinutes(10);

    private readonly OperatorDirectory _directory;
    private readonly OperatorChanges _changes;
    private readonly AuthenticatorSeeds _seeds;
    private readonly RecoveryCodes _recovery;
    private readonly SessionEnding _ending;
    private readonly AccessControl _access;
    private readonly SecondFactorOptions _options;
    private readonly SignetOptions _signet;
    private readonly TimeProvider _clock;

    internal SecondFactorChanges(
        OperatorDirectory directory,
        OperatorChanges changes,
        AuthenticatorSeeds seeds,
        RecoveryCodes recovery,
        SessionEnding ending,
        AccessControl access,
        IOptions<SecondFactorOptions> options,
        IOptions<SignetOptions> signet,
        TimeProvider clock) =>
        (_directory, _changes, _seeds, _recovery, _ending, _access, _options, _signet, _clock) =
        (directory, changes, seeds, recovery, ending, access, options.Value, signet.Value, clock);

    /// <summary>A seed for an authenticator app. It counts only once a code of it was shown (<see cref="AddAuthenticatorAsync"/>).</summary>
    public AuthenticatorOffer Offer(string operatorId) => Describe(operatorId, TimeBasedCode.NewSeed());

    /// <summary>The same offer again, for a form that is shown once more; null where it is too old or is not theirs.</summary>
    public AuthenticatorOffer? FindOffer(string operatorId, string sealedSeed) =>
        _seeds.OpenOffer(operatorId, sealedSeed, _clock.GetUtcNow()) is { } seed
            ? Describe(operatorId, seed)
            : null;

    /// <summary>Sets an offered authenticator app up, in place of the one before, with a new set of recovery codes.</summary>
    /// <exception cref="AccessRefusedException">The last proof is too old.</exception>
    public async Task<SecondFactorChange> AddAuthenticatorAsync(
        string operatorId, string sealedSeed, string code, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ChangeOwnLogin);
        var now = _clock.GetUtcNow();
        if (_seeds.OpenOffer(operatorId, sealedSeed, now) is not { } seed)
        {
            return new SecondFactorChange.OfferExpired();
        }

        if (TimeBasedCode.FindStep(seed, code.Replace(" ", "", StringComparison.Ordinal), now) is not { } step)
        {
            return new SecondFactorChange.WrongCode();
        }

        // Its first code is used up by this: the step is the last one that was accepted.
        var added = new Authenticator(_seeds.Seal(operatorId, seed), step, now);
        return await ChangeWithNewCodesAsync(
            operatorId, "operator.authenticator_added", factors => factors with { Authenticator = added }, who, cancellationToken);
    }

    /// <summary>Removes the authenticator app; refused where the role needs a second factor and this is the last.</summary>
    public Task<SecondFactorChange> RemoveAuthenticatorAsync(string operatorId, Actor who, CancellationToken cancellationToken) =>
        ChangeAsync(
            operatorId,
            "operator.authenticator_removed",
            factors => factors.Authenticator is null ? null : factors with { Authenticator = null },
            who,
            cancellationToken);

    /// <summary>Adds a passkey that the browser has just made. The first factor comes with recovery codes.</summary>
    public Task<SecondFactorChange> AddPasskeyAsync(
        string operatorId, Passkey passkey, Actor who, CancellationToken cancellationToken)
    {
        if (_directory.FindByPasskey(passkey.CredentialId) is not null)
        {
            return Task.FromResult<SecondFactorChange>(new SecondFactorChange.Unchanged());
        }

        Func<OperatorSecondFactors, OperatorSecondFactors> add =
            factors => factors with { Passkeys = [.. factors.Passkeys, passkey] };
        return _directory.Find(operatorId) is { SecondFactors: { Any: true, RecoveryCodes.Count: > 0 } }
            ? ChangeAsync(operatorId, "operator.passkey_added", add, who, cancellationToken)
            : ChangeWithNewCodesAsync(operatorId, "operator.passkey_added", add, who, cancellationToken);
    }

    /// <summary>Removes a passkey; refused where the role needs a second factor and this is the last.</summary>
    public Task<SecondFactorChange> RemovePasskeyAsync(
        string operatorId, byte[] credentialId, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        operatorId,
        "operator.passkey_removed",
        factors => factors.Passkeys.Any(each => each.Is(credentialId))
            ? factors with { Passkeys = [.. factors.Passkeys.Where(each => !each.Is(credentialId))] }
            : null,
        who,
        cancellationToken);

    /// <summary>A new set of recovery codes; every older code is worth nothing from then on.</summary>
    public Task<SecondFactorChange> RenewRecoveryCodesAsync(string operatorId, Actor who, CancellationToken cancellationToken) =>
        ChangeWithNewCodesAsync(
            operatorId, "operator.recovery_codes_renewed", factors => factors.Any ? factors : null, who, cancellationToken);

    /// <summary>Notes that a passkey was used, with its counter; false where another use was faster or it is gone.</summary>
    public async Task<bool> UsePasskeyAsync(string operatorId, Passkey used, CancellationToken cancellationToken) =>
        await _changes.ApplyAsync(
            operatorId,
            now => now.SecondFactors.Passkeys.FirstOrDefault(each => each.Is(used.CredentialId))
                is { } stored && (used.SignCount > stored.SignCount || (used.SignCount == 0 && stored.SignCount == 0))
                ? now with
                {
                    SecondFactors = now.SecondFactors with
                    {
                        Passkeys = [.. now.SecondFactors.Passkeys.Select(each => ReferenceEquals(each, stored)
                            ? each with { SignCount = used.SignCount, IsBackedUp = used.IsBackedUp, LastUsedAt = _clock.GetUtcNow() }
                            : each)],
                    },
                }
                : null,
            audit: null,
            cancellationToken) is OperatorChangeOutcome.Changed;

    private async Task<SecondFactorChange> ChangeWithNewCodesAsync(
        string operatorId,
        string action,
        Func<OperatorSecondFactors, OperatorSecondFactors?> change,
        Actor who,
        CancellationToken cancellationToken)
    {
        var codes = RecoveryCodes.NewSet();
        var hashes = codes.Select(code => _recovery.HashOf(operatorId, code)!).ToList();
        return await ChangeAsync(
            operatorId,
            action,
            factors => change(factors) is { } changed ? changed with { RecoveryCodes = hashes } : null,
            who,
            cancellationToken) is SecondFactorChange.Changed
            ? new SecondFactorChange.Changed(codes)
            : new SecondFactorChange.Unchanged();
    }

    private async Task<SecondFactorChange> ChangeAsync(
        string operatorId,
        string action,
        Func<OperatorSecondFactors, OperatorSecondFactors?> change,
        Actor who,
        CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ChangeOwnLogin);
        var isNeeded = false;
        var outcome = await _changes.ApplyAsync(
            operatorId,
            now =>
            {
                if (change(now.SecondFactors) is not { } changed)
                {
                    return null;
                }

                isNeeded = !changed.Any && _options.IsRequiredFor(now.Role);
                return isNeeded ? null : now with { SecondFactors = changed.Any ? changed : OperatorSecondFactors.None };
            },
            new AuditEntry(who, action, "operator", operatorId),
            cancellationToken);
        if (outcome is not OperatorChangeOutcome.Changed)
        {
            return isNeeded ? new SecondFactorChange.Needed() : new SecondFactorChange.Unchanged();
        }

        await _ending.EndOthersAsync(
            operatorId, who.Session, SessionEndReason.SecondFactorChanged, who, RequestOrigin.None with { Ip = who.Ip }, cancellationToken);
        return new SecondFactorChange.Changed([]);
    }

    // Apps show the issuer and the name: whoever has two Signets tells them apart by the host.
    private AuthenticatorOffer Describe(string operatorId, byte[] seed) => new(
        TimeBasedCode.Readable(seed),
        TimeBasedCode.UriOf(
            seed, $"Signet {new Uri(_signet.Issuer).Host}", _directory.Find(operatorId)?.UserName ?? operatorId),
        _seeds.SealOffer(operatorId, seed, _clock.GetUtcNow() + OfferLifetime));
}

/// <summary>An authenticator app that is about to be set up. Shown once, to its owner alone.</summary>
/// <param name="Secret">The seed, to be typed.</param>
/// <param name="Uri">The same for the QR code.</param>
/// <param name="Sealed">The same, sealed, to be sent back with a code of it.</param>
public sealed record AuthenticatorOffer(string Secret, string Uri, string Sealed)
{
    /// <summary>Without the seed.</summary>
    public override string ToString() => nameof(AuthenticatorOffer);
}

/// <summary>What became of a change of second factors.</summary>
public abstract record SecondFactorChange
{
    private SecondFactorChange()
    {
    }

    /// <summary>Changed, and every other session of the operator has ended.</summary>
    /// <param name="NewRecoveryCodes">A new set, shown once; empty where the old one stays.</param>
    public sealed record Changed(IReadOnlyList<string> NewRecoveryCodes) : SecondFactorChange
    {
        /// <summary>Without the codes.</summary>
        public override string ToString() => nameof(Changed);
    }

    /// <summary>There was nothing to change.</summary>
    public sealed record Unchanged : SecondFactorChange;

    /// <summary>The code is not one of the offered seed now.</summary>
    public sealed record WrongCode : SecondFactorChange;

    /// <summary>The offer is too old, or is somebody else's.</summary>
    public sealed record OfferExpired : SecondFactorChange;

    /// <summary>The role must have a second factor, and this is the last one.</summary>
    public sealed record Needed : SecondFactorChange;
}
