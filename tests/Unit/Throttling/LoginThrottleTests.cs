using System.Text;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Throttling;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Throttling;

/// <summary>Who may try a password, and who has to wait.</summary>
public sealed class LoginThrottleTests : IAsyncLifetime
{
    private const string Attacker = "198.51.100.1";
    private const string Elsewhere = "203.0.113.7";

    private PeopleCore _core = null!;
    private OperatorAccount _admin = null!;
    private KnownDevices _known = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private LoginThrottle Throttle => _core.Get<LoginThrottle>();

    public async ValueTask InitializeAsync()
    {
        _core = await PeopleCore.StartAsync();
        _admin = await _core.AddAdminAsync();
        _known = Device(_admin.Id, "device-1");
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Five_failures_are_free_and_then_the_delay_grows_to_a_quarter_of_an_hour()
    {
        await FailAsync(5);

        List<double> waits = [];
        for (var number = 0; number < 12; number++)
        {
            var wait = await ThrottledAsync("admin", Attacker);
            waits.Add(wait.TotalSeconds);
            _core.Clock.Advance(wait);
            Assert.IsType<LoginVerdict.Refused>(await TryAsync("admin", "wrong", Attacker));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900], waits);
    }

    [Fact]
    public async Task Right_password_is_not_looked_at_while_throttled_and_is_taken_afterwards()
    {
        await FailAsync(5);
        Assert.IsType<LoginVerdict.Throttled>(await TryAsync("admin", PeopleCore.Password, Attacker));

        _core.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, Attacker));
        await FailAsync(5);
        Assert.Null(await Throttle.FindAsync("nobody", Stop));
    }

    [Fact]
    public async Task Of_forty_guesses_at_once_no_more_are_evaluated_than_are_free()
    {
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            _ => Task.Run(() => TryAsync("admin", "wrong", Attacker))));

        Assert.InRange(verdicts.Count(verdict => verdict is LoginVerdict.Refused), 1, 5);
        Assert.All(verdicts, verdict => Assert.False(verdict is LoginVerdict.Accepted));
    }

    [Fact]
    public async Task Five_hundred_refused_at_once_hold_nothing_and_wait_for_nothing()
    {
        await FailAsync(5);

        // The clock stands still: whoever slept would never come back.
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 500).Select(
            _ => Task.Run(() => TryAsync("admin", PeopleCore.Password, Attacker))));

        Assert.All(verdicts, verdict => Assert.IsType<LoginVerdict.Throttled>(verdict));
        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, Elsewhere));
    }

    [Fact]
    public async Task Nothing_that_a_client_chooses_gives_a_new_start()
    {
        for (var number = 0; number < 5; number++)
        {
            var origin = new RequestOrigin($"req_{number}", Attacker, $"agent/{number}", $"POST /{number}");
            Assert.IsType<LoginVerdict.Refused>(await VerifyAsync("admin", "wrong", origin, KnownDevices.None));
        }

        var another = new RequestOrigin("req_9", Attacker, "another", "POST /login");
        Assert.IsType<LoginVerdict.Throttled>(await VerifyAsync("ADMIN", "wrong", another, KnownDevices.None));

        // A device that knows somebody else, or nobody.
        Assert.IsType<LoginVerdict.Throttled>(await VerifyAsync("admin", "wrong", another, Device("somebody-else", "device-2")));
    }

    [Fact]
    public async Task Unknown_wrong_disabled_and_throttled_look_the_same_for_every_name()
    {
        await AddAsync("disabled");
        foreach (var name in (string[])["admin", "disabled", "nobody"])
        {
            for (var number = 0; number < 5; number++)
            {
                Assert.Equal(new LoginVerdict.Refused(), await TryAsync(name, name is "disabled" ? PeopleCore.Password : "wrong", name switch
                {
                    "admin" => "192.0.2.1",
                    "disabled" => "192.0.2.2",
                    _ => "192.0.2.3",
                }));
            }
        }

        Assert.Equal(TimeSpan.FromSeconds(1), await ThrottledAsync("admin", "192.0.2.1"));
        Assert.Equal(TimeSpan.FromSeconds(1), await ThrottledAsync("disabled", "192.0.2.2"));
        Assert.Equal(TimeSpan.FromSeconds(1), await ThrottledAsync("nobody", "192.0.2.3"));
    }

    [Fact]
    public async Task Known_device_is_let_in_while_strangers_guess_and_so_is_an_unknown_one_elsewhere()
    {
        await FailAsync(5);
        await ThrottledAsync("admin", Attacker);

        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, Elsewhere));
        await ThrottledAsync("admin", Attacker);
        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, Attacker, _known));
    }

    [Fact]
    public async Task Address_that_tries_many_names_waits_and_known_devices_there_do_not()
    {
        for (var number = 0; number < 30; number++)
        {
            Assert.IsType<LoginVerdict.Refused>(await TryAsync($"name-{number}", "wrong", Attacker));
        }

        Assert.Equal(TimeSpan.FromSeconds(1), await ThrottledAsync("another-name", Attacker));
        Assert.IsType<LoginVerdict.Throttled>(await TryAsync("admin", PeopleCore.Password, Attacker));
        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, Attacker, _known));
        Assert.IsType<LoginVerdict.Refused>(await TryAsync("another-name", "wrong", Elsewhere));
    }

    [Fact]
    public async Task Success_gives_an_address_just_its_own_attempt_back()
    {
        for (var number = 0; number < 29; number++)
        {
            await TryAsync($"name-{number}", "wrong", Attacker);
        }

        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, Attacker));
        Assert.IsType<LoginVerdict.Refused>(await TryAsync("one-more", "wrong", Attacker));
        await ThrottledAsync("too-many", Attacker);
    }

    [Fact]
    public async Task Addresses_of_one_ipv6_network_are_one()
    {
        for (var number = 0; number < 5; number++)
        {
            await TryAsync("admin", "wrong", $"2001:db8:0:1::{number}");
        }

        await ThrottledAsync("admin", "2001:db8:0:1:ffff::1");
        Assert.IsType<LoginVerdict.Refused>(await TryAsync("admin", "wrong", "2001:db8:0:2::1"));
    }

    [Fact]
    public async Task No_more_than_a_hundred_guesses_from_wherever_until_a_known_device_logs_in()
    {
        await StopAsync();
        Assert.True((await Throttle.FindAsync("ADMIN", Stop))!.IsStopped);
        Assert.True((await Throttle.FindAsync("ADMIN", Stop))!.IsBlocked);
        Assert.Equal(100, (await Throttle.FindAsync("ADMIN", Stop))!.Failures);
        _core.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(TimeSpan.FromMinutes(15), await ThrottledAsync("admin", Elsewhere));

        // Not with the right password either; but whoever's browser is known is not touched by it, and ends it.
        Assert.IsType<LoginVerdict.Throttled>(await TryAsync("admin", PeopleCore.Password, Elsewhere));
        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, Elsewhere, _known));

        Assert.Null(await Throttle.FindAsync("ADMIN", Stop));
        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, "192.0.2.99"));
    }

    [Fact]
    public async Task Strangers_are_slowed_down_together_from_fifty_failures_on()
    {
        for (var number = 0; number < 50; number++)
        {
            Assert.IsType<LoginVerdict.Refused>(await TryAsync("admin", "wrong", $"198.51.100.{number}"));
        }

        Assert.Equal(TimeSpan.FromSeconds(1), await ThrottledAsync("admin", Elsewhere));
        var seen = (await Throttle.FindAsync("ADMIN", Stop))!;
        Assert.Equal(new AccountThrottle(50, _core.Clock.GetUtcNow().AddSeconds(1), false), seen);
        Assert.IsType<LoginVerdict.Refused>(await TryAsync("admin", "wrong", Elsewhere, _known));
        Assert.Equal(seen, await Throttle.FindAsync("ADMIN", Stop));
    }

    [Fact]
    public async Task Known_device_has_a_budget_of_its_own()
    {
        for (var number = 0; number < 5; number++)
        {
            Assert.IsType<LoginVerdict.Refused>(await TryAsync("admin", "wrong", $"192.0.2.{number}", _known));
        }

        Assert.IsType<LoginVerdict.Throttled>(await TryAsync("admin", "wrong", "192.0.2.9", _known));
        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, "192.0.2.9", Device(_admin.Id, "device-2")));
    }

    [Fact]
    public async Task Unlocking_lets_everybody_try_again_and_is_audited()
    {
        await StopAsync();
        for (var number = 0; number < 10; number++)
        {
            Assert.Null(await Throttle.TryTakeSecondFactorAsync(_admin.Id, Stop));
        }

        var audit = new AuditEntry(new Actor("root"), "operator.unlocked", "operator", _admin.Id);
        await Throttle.UnlockAsync("ADMIN", _admin.Id, audit, Stop);

        _core.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await Throttle.TryTakeSecondFactorAsync(_admin.Id, Stop));
        Assert.IsType<LoginVerdict.Accepted>(await TryAsync("admin", PeopleCore.Password, "198.51.100.1"));
        Assert.Contains(await _core.AuditAsync(_admin.Id), entry => entry.Action == "operator.unlocked");
    }

    [Fact]
    public async Task New_password_ends_a_stop_and_wrong_old_ones_are_counted_in_the_session()
    {
        await StopAsync();
        var changer = _core.Get<PasswordChanger>();
        var who = new Actor("admin", Session: "session-1");
        for (var number = 0; number < 5; number++)
        {
            Assert.IsType<PasswordChangeOutcome.WrongPassword>(await ChangeAsync("wrong", who));
        }

        Assert.Equal(new PasswordChangeOutcome.Throttled(TimeSpan.FromSeconds(1)), await ChangeAsync(PeopleCore.Password, who));
        Assert.IsType<PasswordChangeOutcome.Changed>(await ChangeAsync(PeopleCore.Password, who with { Session = "session-2" }));
        Assert.Null(await Throttle.FindAsync("ADMIN", Stop));

        Task<PasswordChangeOutcome> ChangeAsync(string old, Actor by) =>
            changer.ChangeAsync(_admin.Id, old, "another lantern over sand", by, Stop);
    }

    [Fact]
    public async Task Ten_wrong_second_factors_in_an_hour_and_no_more()
    {
        for (var number = 0; number < 10; number++)
        {
            Assert.Null(await Throttle.TryTakeSecondFactorAsync(_admin.Id, Stop));
            _core.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(TimeSpan.FromMinutes(55), await Throttle.TryTakeSecondFactorAsync(_admin.Id, Stop));
        Assert.Null(await Throttle.TryTakeSecondFactorAsync("another", Stop));
        _core.Clock.Advance(TimeSpan.FromMinutes(55));
        Assert.Null(await Throttle.TryTakeSecondFactorAsync(_admin.Id, Stop));

        await Throttle.ResetSecondFactorAsync(_admin.Id, Stop);
        for (var number = 0; number < 10; number++)
        {
            Assert.Null(await Throttle.TryTakeSecondFactorAsync(_admin.Id, Stop));
        }
    }

    [Fact]
    public async Task Failures_are_forgotten_an_hour_after_the_last()
    {
        await FailAsync(5);
        _core.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.IsType<LoginVerdict.Refused>(await TryAsync("admin", "wrong", Attacker));
        await ThrottledAsync("admin", Attacker);

        _core.Clock.Advance(TimeSpan.FromHours(1));

        await FailAsync(5);
        await ThrottledAsync("admin", Attacker);
    }

    [Fact]
    public async Task Store_learns_neither_names_nor_addresses()
    {
        // Nobody else's either: other tests may share the server.
        const string Name = "A-NAME-THAT-NOBODY-HAS";
        const string Address = "198.18.77.201";
        await using var host = await CoreHost.StartAsync();
        await host.Get<LoginThrottle>().TakeAsync(Name, null, Address, Stop);

        var bytes = Encoding.Latin1.GetString(host.ReadStoreBytes());

        Assert.DoesNotContain(Name, bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(Address, bytes, StringComparison.Ordinal);
    }

    private static KnownDevices Device(string operatorId, string device) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { [operatorId] = device });

    private Task<LoginVerdict> TryAsync(string userName, string password, string ip, KnownDevices? devices = null) =>
        VerifyAsync(userName, password, RequestOrigin.None with { Ip = ip }, devices ?? KnownDevices.None);

    private Task<LoginVerdict> VerifyAsync(string userName, string password, RequestOrigin origin, KnownDevices devices) =>
        _core.Get<OperatorLogin>().VerifyAsync(userName, password, origin, devices, Stop);

    private async Task FailAsync(int times)
    {
        for (var number = 0; number < times; number++)
        {
            Assert.IsType<LoginVerdict.Refused>(await TryAsync("admin", "wrong", Attacker));
        }
    }

    private async Task<TimeSpan> ThrottledAsync(string userName, string ip) =>
        Assert.IsType<LoginVerdict.Throttled>(await TryAsync(userName, "wrong", ip)).Wait;

    // A hundred failures, from addresses that nothing is known about.
    private async Task StopAsync()
    {
        for (var number = 0; number < 100; number++)
        {
            Assert.IsType<LoginVerdict.Refused>(await TryAsync("admin", "wrong", $"198.51.{number}.1"));
            if (number >= 49)
            {
                _core.Clock.Advance(TimeSpan.FromMinutes(15));
            }
        }
    }

    private async Task AddAsync(string userName)
    {
        Assert.True(await _core.Get<IOperatorStore>().AddAsync(
            _admin with { Id = userName, UserName = userName, IsEnabled = false },
            new AuditEntry(Actor.Signet, "operator.created", "operator", userName),
            Stop));
        await _core.Operators.LoadAsync(Stop);
    }
}
