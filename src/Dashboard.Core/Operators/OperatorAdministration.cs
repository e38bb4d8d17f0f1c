using System.Globalization;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Core.Throttling;

namespace Dashboard.Core.Operators;

/// <summary>
/// What administrators, and commands on the server, do with operators. Whoever is changed loses every session at once. At
/// least one enabled administrator always remains, and nobody takes a right from themselves.
/// </summary>
public sealed class OperatorAdministration
{
    private readonly IOperatorStore _store;
    private readonly OperatorDirectory _directory;
    private readonly OperatorChanges _changes;
    private readonly IPasswordHashing _hashing;
    private readonly SessionEnding _ending;
    private readonly LoginThrottle _throttle;
    private readonly AccessControl _access;
    private readonly EventLog _events;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    internal OperatorAdministration(
        IOperatorStore store,
        OperatorDirectory directory,
        OperatorChanges changes,
        IPasswordHashing hashing,
        SessionEnding ending,
        LoginThrottle throttle,
        AccessControl access,
        EventLog events,
        IChangeFeed feed,
        TimeProvider clock) =>
        (_store, _directory, _changes, _hashing, _ending, _throttle, _access, _events, _feed, _clock) =
        (store, directory, changes, hashing, ending, throttle, access, events, feed, clock);

    /// <summary>Creates an operator.</summary>
    /// <param name="userName">See <see cref="UserNames.IsValid"/>.</param>
    /// <param name="role">One of <see cref="Roles.All"/>.</param>
    /// <param name="password">Null to have one generated. Either must be changed at the first login.</param>
    /// <param name="reason">Why; null where nobody was asked.</param>
    /// <param name="who">An administrator with a fresh proof, or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<OperatorCreation> CreateAsync(
        string userName, string role, string? password, string? reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageOperators);
        if (FaultsOf(userName, role, password) is { Count: > 0 } faults)
        {
            return new OperatorCreation.Invalid(faults);
        }

        var chosen = password ?? GeneratedPassword.New();
        var added = new OperatorAccount
        {
            Id = Guid.CreateVersion7(_clock.GetUtcNow()).ToString("N"),
            UserName = userName,
            PasswordHash = await Task.Run(() => _hashing.Hash(chosen), cancellationToken),
            SecurityStamp = Identifiers.NewId(),
            Role = role,
            IsEnabled = true,
            MustChangePassword = true,
            CreatedAt = _clock.GetUtcNow().CutToMilliseconds(),
        };
        var audit = new AuditEntry(
            who,
            "operator.created",
            "operator",
            added.Id,
            reason,
            After: AuditJson.Write(("user_name", added.UserName), ("role", added.Role)));
        if (!await _store.AddAsync(added, audit, cancellationToken))
        {
            return new OperatorCreation.NameTaken();
        }

        await _directory.LoadAsync(cancellationToken);
        Publish(added.Id);
        return new OperatorCreation.Created(added, password is null ? chosen : null);
    }

    /// <summary>Gives an operator another role.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<OperatorUpdate> ChangeRoleAsync(
        string operatorId, string role, string reason, Actor who, CancellationToken cancellationToken) =>
        UpdateAsync(operatorId, new OperatorEdit(Role: role), reason, who, cancellationToken);

    /// <summary>Disables an operator, or lets them in again.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<OperatorUpdate> SetEnabledAsync(
        string operatorId, bool isEnabled, string reason, Actor who, CancellationToken cancellationToken) =>
        UpdateAsync(operatorId, new OperatorEdit(IsEnabled: isEnabled), reason, who, cancellationToken);

    /// <summary>Changes role, state or both in one step.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<OperatorUpdate> UpdateAsync(
        string operatorId, OperatorEdit edit, string reason, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        operatorId, Known(edit).Apply, found => edit.AuditOf(found, reason, who), SessionEndReason.AccountChanged, who, cancellationToken);

    /// <summary>True where this is the actor's own account, of which they change nothing here.</summary>
    public static bool IsOneself(OperatorAccount found, Actor who) =>
        !who.IsSystem && UserNames.Normalize(who.Name) == UserNames.Normalize(found.UserName);

    /// <summary>What <see cref="UpdateAsync"/> would answer now, without doing it.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public OperatorUpdate TryUpdate(string operatorId, OperatorEdit edit, Actor who)
    {
        _access.Demand(who, Right.ManageOperators);
        return (RefusalOf(operatorId, who), _directory.Find(operatorId)) switch
        {
            ({ } refusal, _) => refusal,
            (_, { } found) when Known(edit).Apply(found) is null => new OperatorUpdate.Already(found),
            (_, { IsActiveAdministrator: true } found) when edit.Apply(found) is { IsActiveAdministrator: false }
                && !_directory.All.Any(other => other.Id != operatorId && other.IsActiveAdministrator) =>
                new OperatorUpdate.LastAdministrator(),
            (_, { } found) => new OperatorUpdate.Changed(edit.Apply(found)!, null),
            _ => new OperatorUpdate.Unknown(),
        };
    }

    /// <summary>
    /// Gives an operator who is locked out a new, generated password, to be changed at the next login, and takes their second
    /// factors away: loud in the audit log, and an alert.
    /// </summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<OperatorUpdate> ResetAsync(
        string operatorId, string reason, Actor who, CancellationToken cancellationToken)
    {
        var password = GeneratedPassword.New();
        var hash = await Task.Run(() => _hashing.Hash(password), cancellationToken);
        var update = await ChangeAsync(
            operatorId,
            found => found with
            {
                PasswordHash = hash,
                MustChangePassword = true,
                IsEnabled = true,
                SecondFactors = OperatorSecondFactors.None,
            },
            found => new AuditEntry(
                who,
                "operator.reset",
                "operator",
                operatorId,
                reason,
                Before: AuditJson.Write(
                    ("enabled", found.IsEnabled ? "true" : "false"),
                    ("authenticator", found.SecondFactors.Authenticator is null ? "no" : "yes"),
                    ("passkeys", found.SecondFactors.Passkeys.Count.ToString(CultureInfo.InvariantCulture))),
                After: AuditJson.Write(("user_name", found.UserName))),
            SessionEndReason.AccountChanged,
            who,
            cancellationToken);
        if (update is not OperatorUpdate.Changed { Operator: var changed })
        {
            return update;
        }

        await _throttle.UnlockAsync(UserNames.Normalize(changed.UserName), changed.Id, audit: null, cancellationToken);
        _events.Record(new SecurityEvent
        {
            At = _clock.GetUtcNow(),
            Kind = EventKinds.OperatorReset,
            Outcome = EventOutcome.Alert,
            Subject = changed.UserName,
            Origin = RequestOrigin.None with { Ip = who.Ip },
            Detail = $"{who.Name} reset how {changed.UserName} logs in: new password, no second factor. Reason: {reason}",
        });
        return new OperatorUpdate.Changed(changed, password);
    }

    private async Task<OperatorUpdate> ChangeAsync(
        string operatorId,
        Func<OperatorAccount, OperatorAccount?> change,
        Func<OperatorAccount, AuditEntry> audit,
        SessionEndReason endOfSessions,
        Actor who,
        CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageOperators);
        if (RefusalOf(operatorId, who) is { } refusal)
        {
            return refusal;
        }

        var found = _directory.Find(operatorId)!;

        // With another stamp every session is over, even if none of them could be ended one by one.
        var outcome = await _changes.ApplyAsync(
            operatorId,
            now => change(now) is { } changed ? changed with { SecurityStamp = Identifiers.NewId() } : null,
            audit(found),
            cancellationToken);
        switch (outcome)
        {
            case OperatorChangeOutcome.LastAdministrator:
                return new OperatorUpdate.LastAdministrator();
            case OperatorChangeOutcome.Unchanged:
                return new OperatorUpdate.Already(found);
        }

        await _ending.EndAllAsync(
            operatorId, endOfSessions, who, RequestOrigin.None with { Ip = who.Ip }, cancellationToken);
        return new OperatorUpdate.Changed(_directory.Find(operatorId)!, null);
    }

    private OperatorUpdate? RefusalOf(string operatorId, Actor who) => _directory.Find(operatorId) switch
    {
        null => new OperatorUpdate.Unknown(),
        { } found when IsOneself(found, who) => new OperatorUpdate.Oneself(),
        _ => null,
    };

    private static OperatorEdit Known(OperatorEdit edit) => edit.Role is null || Roles.Exists(edit.Role)
        ? edit
        : throw new ArgumentException("There is no such role.", nameof(edit));

    private static List<FieldFault> FaultsOf(string userName, string role, string? password)
    {
        List<FieldFault> faults = [];
        if (!UserNames.IsValid(userName))
        {
            faults.Add(new FieldFault("username", UserNames.Rule));
        }

        if (!Roles.Exists(role))
        {
            faults.Add(new FieldFault("role", Roles.Rule));
        }

        if (password is not null && PasswordRules.Check(password, userName, isAlone: true) is { } fault)
        {
            faults.Add(new FieldFault("password", PasswordRules.Describe(fault)));
        }

        return faults;
    }

    private void Publish(string operatorId)
    {
        _feed.Publish(new Change(ChangeKind.Operators, operatorId));
        _feed.Publish(new Change(ChangeKind.Audit, null));
    }
}
