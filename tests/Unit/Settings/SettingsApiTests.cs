using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients.Registration;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Settings;

/// <summary>Settings and posture over HTTP: who may read them, that no secret is in any of it, and that exports are written down.</summary>
public sealed class SettingsApiTests(SharedSignet<SettingsApiTests> shared) : IClassFixture<SharedSignet<SettingsApiTests>>, ISharesSignet
{
    private const string Planted = "planted-secret-of-32-characters-x";

    private static readonly string MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static readonly string[] Reads =
        ["/dashboard/settings", "/dashboard/settings/retention", "/dashboard/settings/nodes", "/dashboard/settings/scopes", "/dashboard/posture", "/dashboard/posture?fresh=true"];

    private static readonly string[] Exports = ["/dashboard/settings/export", "/dashboard/posture/export", "/dashboard/posture/export?format=csv"];

    public static string[] Settings =>
    [
        $"--SIGNET_MASTER_KEY={MasterKey}",
        $"--SIGNET_CLIENT_ID=first",
        $"--SIGNET_CLIENT_SECRET={Planted}",
        $"--AGENT_KEYS={Planted}",
        "--Keys:TrustedIssuers:0:Issuer=https://login.example.com",
        $"--Keys:TrustedIssuers:0:Secret={Planted}",
        "--Keys:TrustedIssuers:0:Audiences:0=api",
        "--Keys:TrustedIssuers:0:Algorithms:0=HS256",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private WholeSignet Signet => shared.Signet;

    [Fact]
    public async Task No_answer_and_no_file_holds_a_secret()
    {
        var bearer = await BearerAsync(Roles.Administrator);

        foreach (var path in Reads.Concat(Exports))
        {
            var (status, text) = await GetAsync(path, bearer);

            Assert.True(status is HttpStatusCode.OK, $"{path}: {status}");
            Assert.DoesNotContain(Planted, text, StringComparison.Ordinal);
            Assert.DoesNotContain(MasterKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain("quiet lantern", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Settings_say_what_is_in_effect_and_where_it_comes_from()
    {
        var bearer = await BearerAsync(Roles.Reviewer);

        var all = await JsonAsync("/dashboard/settings", bearer);
        var changed = await JsonAsync("/dashboard/settings?changed=true&q=algorithm", bearer);

        Assert.True(all.GetProperty("total").GetInt32() > 100);
        var algorithm = changed.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("key").GetString() == "Keys:Algorithm");
        Assert.Equal(
            ("ES256", "RS256", "command_line", "Keys__Algorithm"),
            (algorithm.GetProperty("value").GetString(),
                algorithm.GetProperty("default").GetString(),
                algorithm.GetProperty("source").GetProperty("kind").GetString(),
                algorithm.GetProperty("environment").GetString()));
        var secret = all.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("key").GetString() == "AGENT_KEYS");
        Assert.Equal((ClaimMask.Mask, true), (secret.GetProperty("value").GetString(), secret.GetProperty("is_secret").GetBoolean()));
    }

    [Fact]
    public async Task What_was_decided_in_the_dashboard_is_in_effect()
    {
        var policies = Signet.Services.GetRequiredService<RegistrationPolicies>();
        await policies.ChangeAsync(policies.Current with { Mode = RegistrationMode.Off }, "a test", Actor.OfCommand("test"), Stop);

        var found = await JsonAsync("/dashboard/settings?q=Registration:Mode", await BearerAsync(Roles.Reviewer));

        var mode = found.GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("off", "token", "store"), (mode.GetProperty("value").GetString(), mode.GetProperty("default").GetString(), mode.GetProperty("source").GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Posture_names_what_is_found_with_its_page()
    {
        var posture = await JsonAsync("/dashboard/posture", await BearerAsync(Roles.Reviewer));

        var finding = posture.GetProperty("findings").EnumerateArray().Single(each => each.GetProperty("code").GetString() == "SHARED_SECRET_IN_USE");
        Assert.Equal(("medium", "/keys"), (finding.GetProperty("severity").GetString(), finding.GetProperty("objects")[0].GetProperty("page").GetString()));
        Assert.Contains(posture.GetProperty("kept").EnumerateArray(), rule => rule.GetProperty("code").GetString() == "PLAIN_HTTP_ALLOWED");
        Assert.True(posture.GetProperty("counts").GetProperty("high").GetInt32() > 0);
    }

    [Fact]
    public async Task Retention_and_nodes_are_told()
    {
        var bearer = await BearerAsync(Roles.Reviewer);

        var retention = await JsonAsync("/dashboard/settings/retention", bearer);
        var nodes = await JsonAsync("/dashboard/settings/nodes", bearer);

        var tokens = retention.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("what").GetString() == "tokens");
        Assert.Equal(("90 days", "Tokens:LedgerRetention"), (tokens.GetProperty("kept").GetString(), tokens.GetProperty("setting").GetString()));
        Assert.True(nodes.GetProperty("facts").TryGetProperty("open_pages", out _));
        Assert.True(nodes.GetProperty("store").GetProperty("bytes").GetInt64() > 0);
    }

    [Theory]
    [InlineData("/dashboard/settings/export?reason=for+the+auditors", "settings.exported", "settings.json")]
    [InlineData("/dashboard/posture/export?reason=for+the+auditors", "posture.exported", "posture.json")]
    [InlineData("/dashboard/posture/export?format=csv&reason=for+the+auditors", "posture.exported", "posture.csv")]
    public async Task Export_is_a_file_and_is_written_down(string path, string action, string file)
    {
        var reviewer = await Signet.AddOperatorAsync("r" + Guid.CreateVersion7().ToString("N"), Roles.Reviewer);
        using var request = Request(path, await Signet.LogInAsync(reviewer));
        using var answer = await Signet.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(file, answer.Content.Headers.ContentDisposition!.FileName);
        var entries = await Signet.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter(Operator: reviewer.UserName, Action: action), null, 5, Stop);
        Assert.Equal("for the auditors", Assert.Single(entries.Items).Entry.Reason);
    }

    [Theory]
    [InlineData("/dashboard/settings/export?format=csv")]
    [InlineData("/dashboard/posture/export?format=ndjson")]
    public async Task Export_as_something_else_is_refused(string path) =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await GetAsync(path, await BearerAsync(Roles.Administrator))).Status);

    [Fact]
    public async Task Support_may_not_read_any_of_it()
    {
        var bearer = await BearerAsync(Roles.Support);

        foreach (var path in Reads.Concat(Exports))
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(path, bearer)).Status);
        }
    }

    private async Task<string> BearerAsync(string role) =>
        await Signet.LogInAsync(await Signet.AddOperatorAsync("u" + Guid.CreateVersion7().ToString("N"), role));

    private async Task<JsonElement> JsonAsync(string path, string bearer)
    {
        var (status, text) = await GetAsync(path, bearer);
        Assert.Equal(HttpStatusCode.OK, status);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, string bearer)
    {
        using var request = Request(path, bearer);
        using var answer = await Signet.Client.SendAsync(request, Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static HttpRequestMessage Request(string path, string bearer)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        return request;
    }
}
