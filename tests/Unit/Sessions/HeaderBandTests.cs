using System.Net;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sessions;

public sealed class HeaderBandTests : IAsyncLifetime
{
    private const string Windows =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    private PeopleCore _core = null!;

    private HeaderBand Band => _core.Get<HeaderBand>();

    public async ValueTask InitializeAsync() => _core = await PeopleCore.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Theory]
    [InlineData("same", "Same")]
    [InlineData("newer version", "Refresh VersionHigher")]
    [InlineData("older version", "StepUp VersionLower")]
    [InlineData("list reordered", "Refresh LanguageList")]
    [InlineData("list reordered elsewhere", "Same")]
    [InlineData("other language", "Refresh Language")]
    [InlineData("no language", "Same")]
    [InlineData("other region", "Refresh LanguageList")]
    [InlineData("other family", "EndSession Family")]
    [InlineData("other system", "EndSession System")]
    [InlineData("program", "EndSession Family")]
    [InlineData("no user agent", "EndSession UserAgentMissing")]
    [InlineData("blank user agent", "EndSession UserAgentMissing")]
    [InlineData("other platform", "EndSession Platform")]
    [InlineData("other platform elsewhere", "Same")]
    [InlineData("no hints", "Same")]
    [InlineData("mobile", "StepUp Mobile")]
    [InlineData("other network", "AddressChanged")]
    [InlineData("neighbour", "Same")]
    [InlineData("private address", "Same")]
    [InlineData("loopback", "Same")]
    [InlineData("no address", "Same")]
    [InlineData("newer version and other network", "Refresh VersionHigher")]
    [InlineData("other language and other system", "EndSession System")]
    public void Compare_follows_the_table(string change, string expected)
    {
        var stored = Band.Capture("s", TestBrowser.Headers())!;

        Assert.Equal(expected, Describe(Band.Compare("s", stored, Change(TestBrowser.Headers(), change))));
    }

    [Fact]
    public void Capture_of_another_session_has_no_hash_in_common()
    {
        var one = Band.Capture("one", TestBrowser.Headers())!;
        var other = Band.Capture("other", TestBrowser.Headers())!;

        Assert.NotEqual(one.Family, other.Family);
        Assert.NotEqual(one.Language, other.Language);
    }

    [Fact]
    public void Capture_holds_nothing_in_clear()
    {
        var text = new SessionBinding("f", null, Band.Capture("s", TestBrowser.Headers())).ToJson();

        Assert.DoesNotContain("chrome", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("linux", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("203.0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_follows_configured_grades()
    {
        await using var core = await PeopleCore.StartAsync(("Sessions:Binding:Grades:Language", "Challenge"));
        var band = core.Get<HeaderBand>();
        var stored = band.Capture("s", TestBrowser.Headers())!;

        Assert.Equal(
            new BandDecision.StepUp(BindingSignal.Language),
            band.Compare("s", stored, Change(TestBrowser.Headers(), "other language")));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.1", "edge", "windows", 140)]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "safari", "macos", 18)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1", "chrome", "ios", 140)]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "chrome", "android", 140)]
    [InlineData(TestBrowser.Firefox, "firefox", "linux", 143)]
    [InlineData("curl/8.5.0", "curl", "other", 8)]
    [InlineData("nonsense", "nonsense", "other", null)]
    [InlineData("Chrome/99999999999999999999", "chrome", "other", 999999)]
    public void Parse_reads_family_system_and_version(string userAgent, string family, string system, int? major) =>
        Assert.Equal(new BrowserName(family, system, major), BrowserName.Parse(userAgent));

    private static ClientHeaders Change(ClientHeaders headers, string change) => change switch
    {
        "same" => headers,
        "newer version" => headers with { UserAgent = TestBrowser.Chrome.Replace("140", "141") },
        "older version" => headers with { UserAgent = TestBrowser.Chrome.Replace("140", "139") },
        "list reordered" => headers with { AcceptLanguage = "de-AT,en;q=0.9,de;q=0.8" },
        "list reordered elsewhere" => headers with { AcceptLanguage = "de-AT,en;q=0.9,de;q=0.8", IsNavigation = false },
        "other language" => headers with { AcceptLanguage = "fr-FR,fr;q=0.9" },
        "no language" => headers with { AcceptLanguage = null },
        "other region" => headers with { AcceptLanguage = "de,en;q=0.8" },
        "other family" => headers with { UserAgent = TestBrowser.Firefox },
        "other system" => headers with { UserAgent = Windows },
        "program" => headers with { UserAgent = "curl/8.5.0" },
        "no user agent" => headers with { UserAgent = null },
        "blank user agent" => headers with { UserAgent = " " },
        "other platform" => headers with { Platform = "\"Windows\"" },
        "other platform elsewhere" => headers with { Platform = "\"Windows\"", IsNavigation = false },
        "no hints" => headers with { Platform = null, Mobile = null },
        "mobile" => headers with { Mobile = "?1" },
        "other network" => headers with { Address = IPAddress.Parse("198.51.100.7") },
        "neighbour" => headers with { Address = IPAddress.Parse("203.0.113.99") },
        "private address" => headers with { Address = IPAddress.Parse("192.168.1.7") },
        "loopback" => headers with { Address = IPAddress.IPv6Loopback },
        "no address" => headers with { Address = null },
        "newer version and other network" => Change(Change(headers, "newer version"), "other network"),
        "other language and other system" => headers with { UserAgent = Windows, AcceptLanguage = "fr" },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "No such change."),
    };

    private static string Describe(BandDecision decision) => decision switch
    {
        BandDecision.Refresh { Signal: var signal } => $"Refresh {signal}",
        BandDecision.StepUp { Signal: var signal } => $"StepUp {signal}",
        BandDecision.EndSession { Signal: var signal } => $"EndSession {signal}",
        _ => decision.GetType().Name,
    };
}
