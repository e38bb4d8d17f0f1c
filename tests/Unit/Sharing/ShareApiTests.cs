using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Hosting;
using Dashboard.Tests.Unit.Arcp;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Sharing;

/// <summary>Shared reports, and explained errors, in the management API.</summary>
public sealed class ShareApiTests(SharedSignet<ShareApiTests> shared)
    : ArcpTest(shared), IClassFixture<SharedSignet<ShareApiTests>>, ISharesSignet
{
    [Fact]
    public async Task Failure_is_shared_opened_listed_and_ended()
    {
        var (support, reviewer, reference) = (await LogInAsAsync(Roles.Support), await LogInAsAsync(Roles.Reviewer), await FailAsync());

        var made = await CallAsync(HttpMethod.Post, $"/dashboard/failures/{reference}/share", support, new { lifetime = 3_600 });
        Assert.Equal((201, "failure", reference), (made.Status, made.Text("source"), made.Text("reference")));
        Assert.Equal(
            TimeSpan.FromHours(1),
            made.Body.GetProperty("expires_at").GetDateTimeOffset() - made.Body.GetProperty("created_at").GetDateTimeOffset());
        var (id, link) = (made.Text("id"), made.Text("link"));
        Assert.DoesNotContain(id, link, StringComparison.Ordinal);

        var opened = await CallAsync(HttpMethod.Get, "/dashboard" + link, reviewer);
        Assert.Equal((200, id, false), (opened.Status, opened.Text("id"), opened.Body.TryGetProperty("link", out _)));
        Assert.Equal("TOKEN_EXPIRED", opened.Body.GetProperty("report").GetProperty("code").GetString());

        Assert.Contains(id, await ListedAsync(support));
        Assert.DoesNotContain(id, await ListedAsync(reviewer));
        Assert.Equal(404, (await CallAsync(HttpMethod.Get, $"/dashboard/shared/{id}", reviewer)).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Delete, $"/dashboard/shared/{id}", reviewer)).Status);
        Assert.Equal(204, (await CallAsync(HttpMethod.Delete, $"/dashboard/shared/{id}", support)).Status);
        var gone = await CallAsync(HttpMethod.Get, "/dashboard" + link, reviewer);
        var unknown = await CallAsync(HttpMethod.Get, "/dashboard/shared/" + new string('A', 43), reviewer);
        Assert.Equal((404, 404, unknown.Text("detail")), (gone.Status, unknown.Status, gone.Text("detail")));
    }

    [Fact]
    public async Task Lifetime_is_a_day_where_nothing_is_said_and_one_of_three()
    {
        var (support, reference) = (await LogInAsAsync(Roles.Support), await FailAsync());
        var path = $"/dashboard/failures/{reference}/share";

        var made = await CallAsync(HttpMethod.Post, path, support);

        Assert.Equal(201, made.Status);
        Assert.Equal(
            TimeSpan.FromDays(1),
            made.Body.GetProperty("expires_at").GetDateTimeOffset() - made.Body.GetProperty("created_at").GetDateTimeOffset());
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, path, support, new { lifetime = 7_200 })).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Post, "/dashboard/failures/req_0000000000000000/share", support)).Status);
    }

    [Fact]
    public async Task Inspection_explains_error_texts_with_and_without_a_token()
    {
        var support = await LogInAsAsync(Roles.Support);

        var alone = await CallAsync(HttpMethod.Post, "/dashboard/inspect", support, new { input = "x IDX10223: Lifetime validation failed." });
        var both = await CallAsync(HttpMethod.Post, "/dashboard/inspect", support, new { input = "jwt expired eyJhbGciOiJub25lIn0.e30.AA" });
        var none = await CallAsync(HttpMethod.Post, "/dashboard/inspect", support, new { input = "eyJhbGciOiJub25lIn0.e30.AA" });

        var explanation = Assert.Single(alone.Body.GetProperty("explanations").EnumerateArray());
        Assert.Equal("Microsoft.IdentityModel", explanation.GetProperty("library").GetString());
        Assert.Equal("TOKEN_EXPIRED", explanation.GetProperty("code").GetString());
        Assert.StartsWith("The caller should get a new token", explanation.GetProperty("next_step").GetString(), StringComparison.Ordinal);
        Assert.False(alone.Body.TryGetProperty("report", out _));
        Assert.Equal("jsonwebtoken-expired", Assert.Single(both.Body.GetProperty("explanations").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("ALGORITHM_NOT_ALLOWED", both.Body.GetProperty("report").GetProperty("code").GetString());
        Assert.False(none.Body.TryGetProperty("explanations", out _));
    }

    [Theory]
    [InlineData("/shared/secret", "GET /shared/…")]
    [InlineData("/dashboard/Shared/secret", "GET /dashboard/shared/…")]
    [InlineData("/shared", "GET /shared")]
    [InlineData("/tokens/shared/x", "GET /tokens/shared/x")]
    public void Secret_of_a_link_is_in_no_event(string path, string endpoint)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("GET", path);

        Assert.Equal(endpoint, context.Origin().Endpoint);
    }

    private async Task<string> LogInAsAsync(string role) =>
        await Signet.LogInAsync(await Signet.AddOperatorAsync("u" + Guid.CreateVersion7().ToString("N"), role));

    private async Task<IEnumerable<string?>> ListedAsync(string bearer)
    {
        var listed = await CallAsync(HttpMethod.Get, "/dashboard/shared", bearer);
        Assert.True(listed.Status == 200, listed.Body.ToString());
        return listed.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString());
    }

    // A stored refusal, as validation leaves one.
    private async Task<string> FailAsync()
    {
        var reference = "req_" + Guid.CreateVersion7().ToString("N")[16..];
        var report = JsonSerializer.Serialize(new
        {
            accepted = false,
            code = "TOKEN_EXPIRED",
            cause = "It has expired.",
            next_step = "Get a new one.",
            checks = Array.Empty<object>(),
            claims_are_verified = true,
            claims = new { sub = "user-1", department = "sales" },
            context = new { audience = "signet", required_scopes = Array.Empty<string>(), fingerprint_given = false, at = DateTimeOffset.UnixEpoch },
        });
        await Signet.Services.GetRequiredService<IEventStore>().AppendAsync(
            [
                new SecurityEvent
                {
                    At = DateTimeOffset.UnixEpoch.AddYears(56),
                    Kind = EventKinds.TokenRefused,
                    Outcome = EventOutcome.Refused,
                    Code = "TOKEN_EXPIRED",
                    Origin = new RequestOrigin(reference, null, null, "POST /auth/validate"),
                    Report = report,
                },
            ],
            Stop);
        return reference;
    }
}
