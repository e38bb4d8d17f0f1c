using Dashboard.Core.Throttling;
using Dashboard.Hosting;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Tests.Unit.Hosting;

/// <summary>What a browser is remembered by, and what it is not believed.</summary>
public sealed class DeviceCookieTests
{
    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly ManualClock _clock = new();
    private readonly DeviceCookie _cookie;

    public DeviceCookieTests() => _cookie = new DeviceCookie(_protection, _clock);

    [Fact]
    public void Browser_is_known_to_those_who_logged_in_from_it_and_to_nobody_else()
    {
        var value = Remember(null, "alice");

        Assert.NotNull(Read(value).Find("alice"));
        Assert.Null(Read(value).Find("bob"));
        Assert.Null(Read(null).Find("alice"));
    }

    [Fact]
    public void Device_keeps_its_id_and_differs_from_others()
    {
        var first = Remember(null, "alice");
        var second = Remember(first, "bob");
        var third = Remember(second, "alice");

        Assert.Equal(Read(first).Find("alice"), Read(third).Find("alice"));
        Assert.NotEqual(Read(third).Find("bob"), Read(third).Find("alice"));
        Assert.NotEqual(Read(Remember(null, "alice")).Find("alice"), Read(first).Find("alice"));
    }

    [Fact]
    public void Five_operators_are_remembered_and_the_first_goes_first()
    {
        string? value = null;
        for (var number = 0; number < 6; number++)
        {
            value = Remember(value, $"operator-{number}");
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(Read(value).Find("operator-0"));
        Assert.All(Enumerable.Range(1, 5), number => Assert.NotNull(Read(value).Find($"operator-{number}")));
    }

    [Fact]
    public void Device_is_forgotten_a_month_after_the_last_login()
    {
        var value = Remember(null, "alice");

        _clock.Advance(KnownDevices.Lifetime - TimeSpan.FromSeconds(1));
        Assert.NotNull(Read(value).Find("alice"));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(Read(value).Find("alice"));
    }

    [Fact]
    public void Altered_or_foreign_cookie_is_an_unknown_device()
    {
        var value = Remember(null, "alice");

        Assert.Null(Read(value[..^3] + "AAA").Find("alice"));
        Assert.Null(Read("alice 0123 1893456000").Find("alice"));
        Assert.Null(Read(new string('x', 10_000)).Find("alice"));
        Assert.Null(Read(new EphemeralDataProtectionProvider()
            .CreateProtector("Dashboard.DeviceCookie.v1").Protect("alice 0123 1893456000")).Find("alice"));
        Assert.Null(Read(_protection.CreateProtector("another purpose").Protect("alice 0123 1893456000")).Find("alice"));
    }

    [Fact]
    public void No_script_reads_it_and_no_other_site_sets_it()
    {
        var header = SetCookie(null, "alice");

        Assert.StartsWith("__Host-signet-device=", header, StringComparison.Ordinal);
        foreach (var part in (string[])["httponly", "secure", "samesite=lax", "path=/", "max-age=2592000"])
        {
            Assert.Contains("; " + part, header, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("domain", header, StringComparison.OrdinalIgnoreCase);
    }

    private KnownDevices Read(string? value) => _cookie.Read(Context(value));

    private string Remember(string? value, string operatorId) =>
        SetCookie(value, operatorId).Split(';')[0][(DeviceCookie.Name.Length + 1)..];

    private string SetCookie(string? value, string operatorId)
    {
        var context = Context(value);
        _cookie.Remember(context, operatorId);
        return Assert.Single(context.Response.Headers.SetCookie)!;
    }

    private static DefaultHttpContext Context(string? value)
    {
        var context = new DefaultHttpContext();
        if (value is not null)
        {
            context.Request.Headers.Cookie = $"{DeviceCookie.Name}={value}";
        }

        return context;
    }
}
