using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Sessions;
using Dashboard.Core.Throttling;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Operators;

/// <summary>What administrators do with operators, and what nobody may.</summary>
public sealed class OperatorAdministrationTests : IAsyncLifetime
{
    private PeopleCore _core = null!;
    private OperatorAccount _admin = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private OperatorAdministration Administration => _core.Get<OperatorAdministration>();

    private Actor Admin => new("admin", Roles.Administrator) { ProvenAt = _core.Clock.GetUtcNow() };

    public async ValueTask InitializeAsync()
    {
        _core = await PeopleCore.StartAsync();
        _admin = await _core.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task A_new_operator_gets_a_password_once_and_must_change_it()
    {
        var created = await AddAsync("Sue", Roles.Support);

        Assert.Matches("^([a-z0-9]{4}-){5}[a-z0-9]{4}$", created.Password!);
        var login = Assert.IsType<LoginVerdict.Accepted>(
            await _core.Get<OperatorLogin>().VerifyAsync("sue", created.Password!, RequestOrigin.None, KnownDevices.None, Stop));
        Assert.True(login.Operator.MustChangePassword);
        var entry = Assert.Single(await _core.AuditAsync(created.Operator.Id));
        Assert.Equal(("operator.created", "a new colleague"), (entry.Action, entry.Reason));
        Assert.DoesNotContain(created.Password!, entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_roles_and_passwords_that_are_none_are_named()
    {
        var invalid = Assert.IsType<OperatorCreation.Invalid>(
            await Administration.CreateAsync("a b", "root", "short", null, Admin, Stop));

        Assert.Equal(["username", "role", "password"], invalid.Faults.Select(fault => fault.Field));
        Assert.IsType<OperatorCreation.NameTaken>(await Administration.CreateAsync("ADMIN", Roles.Support, null, null, Admin, Stop));
        Assert.Single(_core.Operators.All);
    }

    [Theory]
    [InlineData("reviewer", 0, AccessRefusal.Role)]
    [InlineData("support", 0, AccessRefusal.Role)]
    [InlineData("", 0, AccessRefusal.Role)]
    [InlineData("administrator", 6, AccessRefusal.Proof)]
    public async Task Whoever_may_not_changes_nothing(string role, int minutes, AccessRefusal refusal)
    {
        var sue = (await AddAsync("sue", Roles.Support)).Operator;
        var who = new Actor("mallory", role) { ProvenAt = _core.Clock.GetUtcNow() - TimeSpan.FromMinutes(minutes) };

        Func<Task>[] acts =
        [
            () => Administration.CreateAsync("x", Roles.Administrator, null, "why", who, Stop),
            () => Administration.ChangeRoleAsync(sue.Id, Roles.Administrator, "why", who, Stop),
            () => Administration.SetEnabledAsync(sue.Id, false, "why", who, Stop),
            () => Administration.ResetAsync(sue.Id, "why", who, Stop),
        ];
        foreach (var act in acts)
        {
            Assert.Equal(refusal, (await Assert.ThrowsAsync<AccessRefusedException>(act)).Refusal);
        }

        Assert.Equal(sue, _core.Operators.Find(sue.Id));
    }

    [Fact]
    public async Task A_new_role_ends_every_session_and_is_told_before_and_after()
    {
        var sue = (await AddAsync("sue", Roles.Support)).Operator;
        var session = await _core.StartSessionAsync(sue);

        var update = await Administration.ChangeRoleAsync(sue.Id, Roles.Reviewer, "moved", Admin, Stop);

        Assert.Equal(Roles.Reviewer, Assert.IsType<OperatorUpdate.Changed>(update).Operator.Role);
        Assert.Equal(
            SessionEndReason.AccountChanged,
            Assert.IsType<SessionLookup.Ended>(await _core.Sessions.FindBySecretAsync(session.Secret!, Stop)).Reason);
        var entry = (await _core.AuditAsync(sue.Id))[0];
        Assert.Equal(("operator.role_changed", "moved"), (entry.Action, entry.Reason));
        Assert.Contains("support", entry.Before, StringComparison.Ordinal);
        Assert.IsType<OperatorUpdate.Already>(await Administration.ChangeRoleAsync(sue.Id, Roles.Reviewer, "again", Admin, Stop));
    }

    [Fact]
    public async Task Nobody_takes_a_right_from_themselves_and_one_administrator_remains()
    {
        var root = Actor.OfCommand("root");

        Assert.IsType<OperatorUpdate.Oneself>(await Administration.SetEnabledAsync(_admin.Id, false, "why", Admin, Stop));
        Assert.IsType<OperatorUpdate.LastAdministrator>(await Administration.SetEnabledAsync(_admin.Id, false, "why", root, Stop));
        Assert.IsType<OperatorUpdate.LastAdministrator>(await Administration.ChangeRoleAsync(_admin.Id, Roles.Support, "why", root, Stop));

        var second = (await AddAsync("second", Roles.Administrator)).Operator;
        Assert.IsType<OperatorUpdate.Changed>(await Administration.SetEnabledAsync(_admin.Id, false, "why", root, Stop));
        Assert.IsType<OperatorUpdate.LastAdministrator>(await Administration.SetEnabledAsync(second.Id, false, "why", root, Stop));
    }

    [Fact]
    public async Task A_reset_gives_a_new_password_takes_second_factors_and_lets_in_again()
    {
        var sue = (await AddAsync("sue", Roles.Support)).Operator;
        await _core.Get<OperatorChanges>().ApplyAsync(
            sue.Id,
            found => found with { SecondFactors = new OperatorSecondFactors { Authenticator = new Authenticator("x", 1, default) } },
            null,
            Stop);
        await Administration.SetEnabledAsync(sue.Id, false, "left", Admin, Stop);

        var reset = Assert.IsType<OperatorUpdate.Changed>(await Administration.ResetAsync(sue.Id, "phone lost", Admin, Stop));

        Assert.False(reset.Operator.SecondFactors.Any);
        Assert.True(reset.Operator is { IsEnabled: true, MustChangePassword: true });
        Assert.IsType<LoginVerdict.Accepted>(
            await _core.Get<OperatorLogin>().VerifyAsync("sue", reset.Password!, RequestOrigin.None, KnownDevices.None, Stop));
        Assert.Equal(("operator.reset", "phone lost"), ((await _core.AuditAsync(sue.Id))[0] is var entry ? (entry.Action, entry.Reason) : default));
    }

    [Fact]
    public async Task Unlocking_needs_the_right_and_lets_in_at_once()
    {
        var sue = await AddAsync("sue", Roles.Support);
        var (login, unlocking) = (_core.Get<OperatorLogin>(), _core.Get<OperatorUnlocking>());
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await login.VerifyAsync("sue", "wrong", RequestOrigin.None, KnownDevices.None, Stop);
        }

        Assert.IsType<LoginVerdict.Throttled>(await login.VerifyAsync("sue", sue.Password!, RequestOrigin.None, KnownDevices.None, Stop));
        Assert.Equal(5, (await unlocking.FindAsync(sue.Operator.Id, Stop))!.Failures);
        await Assert.ThrowsAsync<AccessRefusedException>(
            () => unlocking.UnlockAsync(sue.Operator.Id, "why", new Actor("rita", Roles.Reviewer), Stop));
        _core.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(await unlocking.UnlockAsync(sue.Operator.Id, "on the phone", Admin, Stop));

        Assert.IsType<LoginVerdict.Accepted>(await login.VerifyAsync("sue", sue.Password!, RequestOrigin.None, KnownDevices.None, Stop));
        Assert.Equal(("operator.unlocked", "on the phone"), ((await _core.AuditAsync(sue.Operator.Id))[0] is var entry ? (entry.Action, entry.Reason) : default));
        Assert.False(await unlocking.UnlockAsync("nobody", "why", Admin, Stop));
    }

    private async Task<OperatorCreation.Created> AddAsync(string name, string role) => Assert.IsType<OperatorCreation.Created>(
        await Administration.CreateAsync(name, role, null, "a new colleague", Admin, Stop));
}
