using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Primitives;
using Dashboard.Core.Throttling;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Operators;

public sealed class OperatorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_start_generates_a_password_once_that_must_be_changed()
    {
        await using var core = await PeopleCore.StartAsync((FirstOperatorOptions.PasswordSetting, null));
        var bootstrap = core.Get<OperatorBootstrap>();

        var generated = await bootstrap.EnsureAsync(Stop);

        Assert.Equal("admin", generated!.UserName);
        Assert.True(generated.Password.Length >= 20);
        Assert.DoesNotContain(generated.Password, generated.ToString(), StringComparison.Ordinal);
        Assert.True(core.Operators.FindByName("ADMIN")!.MustChangePassword);
        Assert.Null(await bootstrap.EnsureAsync(Stop));
    }

    [Fact]
    public async Task Operators_outlive_a_store_that_was_emptied()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        await host.Get<IOperatorStore>().AddFirstAsync(
            new OperatorAccount
            {
                Id = "one",
                UserName = "admin",
                PasswordHash = "hash",
                SecurityStamp = "stamp",
                Role = "administrator",
                IsEnabled = true,
                MustChangePassword = false,
                CreatedAt = host.Clock.GetUtcNow(),
            },
            new AuditEntry(Actor.Signet, "operator.created", "operator", "one"),
            Stop);
        var operators = host.Get<OperatorDirectory>();
        await operators.LoadAsync(Stop);
        host.Tamper("DELETE FROM operators;");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => operators.LoadAsync(Stop));

        Assert.NotNull(operators.FindByName("admin"));
    }

    [Fact]
    public async Task First_start_takes_the_configured_login_as_it_is()
    {
        await using var core = await PeopleCore.StartAsync((FirstOperatorOptions.UserSetting, "Root"));

        Assert.Null(await core.Get<OperatorBootstrap>().EnsureAsync(Stop));
        Assert.False(core.Operators.FindByName("root")!.MustChangePassword);
        Assert.IsType<LoginVerdict.Accepted>(await LogInAsync(core, "rOOt", PeopleCore.Password));
    }

    [Theory]
    [InlineData(FirstOperatorOptions.PasswordSetting, "short")]
    [InlineData(FirstOperatorOptions.PasswordSetting, "too short")]
    [InlineData(FirstOperatorOptions.UserSetting, "ad min")]
    public async Task First_start_refuses_what_nobody_should_use(string setting, string value)
    {
        await using var core = await PeopleCore.StartAsync((setting, value));

        await Assert.ThrowsAsync<StartupException>(() => core.Get<OperatorBootstrap>().EnsureAsync(Stop));
        Assert.False(core.Operators.HasAny);
    }

    [Theory]
    [InlineData("quiet lantern over water ")]
    [InlineData(" quiet lantern over water")]
    [InlineData("Quiet lantern over water")]
    [InlineData("quiet lantern over water\0")]
    [InlineData("quiet lantern over wate")]
    [InlineData("quiet lantern over wat\uFF45r")]
    [InlineData("")]
    public async Task Login_takes_the_password_exactly_as_it_is(string password)
    {
        await using var core = await PeopleCore.StartAsync();
        await core.AddAdminAsync();

        Assert.IsType<LoginVerdict.Refused>(await LogInAsync(core, "admin", password));
    }

    [Fact]
    public async Task Login_refuses_long_input_unseen()
    {
        await using var core = await PeopleCore.StartAsync();
        await core.AddAdminAsync();

        Assert.IsType<LoginVerdict.Refused>(await LogInAsync(core, "admin", new string('x', 1_025)));
        Assert.IsType<LoginVerdict.Refused>(await LogInAsync(core, new string('a', 129), PeopleCore.Password));
        Assert.IsType<LoginVerdict.Refused>(await LogInAsync(core, "nobody", PeopleCore.Password));
    }

    [Fact]
    public async Task Login_strengthens_an_outdated_hash_and_keeps_sessions()
    {
        await using var core = await PeopleCore.StartAsync();
        var admin = await core.AddAdminAsync();
        await core.Get<IOperatorStore>().ReplaceAsync(admin with { PasswordHash = "old:" + PeopleCore.Password }, Entry(), Stop);
        await core.Operators.LoadAsync(Stop);
        var started = await core.StartSessionAsync(admin);

        Assert.IsType<LoginVerdict.Accepted>(await LogInAsync(core, "admin", PeopleCore.Password));

        Assert.StartsWith("fast:", core.Operators.Find(admin.Id)!.PasswordHash, StringComparison.Ordinal);
        Assert.IsType<Dashboard.Core.Sessions.SessionLookup.Live>(await core.Sessions.FindAsync(started.Session.Name, Stop));
    }

    [Fact]
    public async Task Change_of_password_wants_the_old_one_and_a_fit_new_one()
    {
        await using var core = await PeopleCore.StartAsync();
        var admin = await core.AddAdminAsync();
        var changer = core.Get<PasswordChanger>();
        var who = new Actor("admin");

        Assert.IsType<PasswordChangeOutcome.WrongPassword>(
            await changer.ChangeAsync(admin.Id, "wrong", "another lantern over sand", who, Stop));
        Assert.Equal(
            new PasswordChangeOutcome.Unfit(PasswordFault.TooShort),
            await changer.ChangeAsync(admin.Id, PeopleCore.Password, "short", who, Stop));
        Assert.IsType<PasswordChangeOutcome.Unchanged>(
            await changer.ChangeAsync(admin.Id, PeopleCore.Password, PeopleCore.Password, who, Stop));
        Assert.Equal(admin.SecurityStamp, core.Operators.Find(admin.Id)!.SecurityStamp);
    }

    private static Task<LoginVerdict> LogInAsync(PeopleCore core, string userName, string password) =>
        core.Get<OperatorLogin>().VerifyAsync(userName, password, RequestOrigin.None, KnownDevices.None, Stop);

    private static AuditEntry Entry() => new(Actor.Signet, "operator.created", "operator", "test");
}
