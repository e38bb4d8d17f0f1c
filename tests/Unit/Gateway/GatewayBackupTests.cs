using System.Text;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Gateway;
using Dashboard.Core.Gateway.Files;
using Dashboard.Core.Gateway.Reading;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Gateway;

/// <summary>The gateway's own backup files.</summary>
public sealed class GatewayBackupTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_the_gateway_wrote_is_written_again_byte_for_byte()
    {
        var sample = Sample();

        var data = await GatewayBackup.ReadAsync(new MemoryStream(sample), Stop);

        Assert.Equal((2, 2, 1, 2, 1, 0, 1), (
            data.Registrations.Count, data.Tokens.Count, data.RefreshTokens.Count, data.UserTokens.Count, data.States.Count, data.Codes.Count, data.Sessions.Count));
        Assert.Equal(Encoding.UTF8.GetString(sample), await WriteAsync(data));
    }

    [Fact]
    public async Task Text_beyond_ascii_is_escaped_as_python_does_it()
    {
        var data = new GatewayData
        {
            TakenAt = DateTimeOffset.UnixEpoch,
            Registrations = [new GatewayEntry("c", "string", -1, "{\"client_name\": \"\\u00e9\"}")],
            Sessions = [new GatewayEntry("s:messages", "list", 5, "[\"a\"]"), new GatewayEntry("s:state", "string", 5, "no JSON <é>")],
        };

        var text = await WriteAsync(data);

        Assert.Contains("\"client_name\": \"\\u00e9\"", text, StringComparison.Ordinal);
        Assert.Contains("\"value\": \"no JSON <\\u00e9>\"", text, StringComparison.Ordinal);
        Assert.Contains("\"timestamp\": \"1970-01-01T00:00:00+00:00\"", text, StringComparison.Ordinal);
        var again = await GatewayBackup.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), Stop);
        Assert.Equal(data.Registrations.Concat(data.Sessions), again.Registrations.Concat(again.Sessions));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"a\": 1}")]
    [InlineData("{\"tokens\": {}}")]
    [InlineData("{\"tokens\": {}, \"tokens\": {}, \"timestamp\": \"2026-01-01T00:00:00+00:00\"}")]
    [InlineData("{\"tokens\": {\"reg-hunter2\\ud83d\": {}}, \"timestamp\": \"2026-01-01T00:00:00+00:00\"}")]
    [InlineData("{\"tokens\": {}, \"timestamp\": \"\\ud83d\"}")]
    [InlineData("{\"\\ud83d\": {}, \"\\udc00\": {}}")]
    [InlineData("not even JSON, but reg-hunter2")]
    public async Task What_is_no_backup_is_refused_without_a_word_of_it(string text)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(
            () => GatewayBackup.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Stop));

        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_are_no_objects_or_lack_members_are_kept_for_the_reader_to_name()
    {
        const string Text = """
            {"timestamp": "2026-01-01T00:00:00Z", "registrations": {"a": 1, "b": {"value": "x"}, "c": {}}, "tokens": []}
            """;

        var data = await GatewayBackup.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Text)), Stop);

        Assert.Equal(
            [new GatewayEntry("a", "other", -1, null), new GatewayEntry("b", "string", -1, "x"), new GatewayEntry("c", "string", -1, null)],
            data.Registrations);
        Assert.Empty(data.Tokens);
    }

    [Fact]
    public async Task Text_that_is_no_unicode_leaves_out_its_entry_alone_and_a_lifetime_beyond_all_dates_ends_with_them()
    {
        await using var host = await CoreHost.StartAsync();
        const string Text = """
            {
              "timestamp": "2026-01-01T00:00:00Z",
              "registrations": {
                "inside": {"ttl": -1, "type": "string", "value": "{\"client_secret\": \"SECRET\", \"client_name\": \"\\ud83d\"}", "parsed": {"client_name": "\ud83d"}},
                "list": {"ttl": -1, "type": "string", "value": "{\"client_secret\": \"SECRET\", \"redirect_uris\": \"[\\\"\\\\ud83d\\\"]\"}"},
                "name": {"ttl": -1, "type": "string", "value": "{\"client_secret\": \"SECRET\", \"\\udc00\": 1}"},
                "outside": {"ttl": -1, "type": "string", "value": "\ud83d"},
                "eternal": {"ttl": 9000000000000000, "type": "string", "value": "{\"client_secret\": \"SECRET\"}"}
              },
              "tokens": {"bad": {"value": "{\"sub\": \"\\ud83d\"}"}},
              "refresh_tokens": {"SECRET": {"ttl": 9000000000000000, "value": "{\"user_id\": \"42\", \"client_id\": \"eternal\", \"scope\": \"openid\"}"}}
            }
            """;
        var data = await GatewayBackup.ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(Text.Replace("SECRET", AGateway.Secret(), StringComparison.Ordinal))), Stop);

        var done = Assert.IsType<GatewayOutcome.Done>(await host.Get<GatewayImport>()
            .RunAsync(new GatewayTakeover(data, AGateway.Issuer, null, null), TokenBuilder.Somebody, null, Stop));

        Assert.Equal(
            [("inside", LeftOut.NoText), ("name", LeftOut.NoText), ("outside", LeftOut.NoObject), ("bad", LeftOut.NoText)],
            done.Report.LeftOut.Select(item => (item.Id, item.Text)));
        Assert.Empty((await host.Get<ClientDirectory>().FindAsync("list", Stop))!.RedirectUris);
        Assert.Equal(9999, (await host.Get<ClientDirectory>().FindAsync("eternal", Stop))!.ExpiresAt!.Value.Year);
        Assert.Equal((1, 0), NumbersOf(done.Report, GatewaySorts.RefreshTokens));
    }

    [Fact]
    public async Task The_sample_comes_along_from_its_file()
    {
        await using var host = await CoreHost.StartAsync();
        host.Clock.Jump(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
        var data = await GatewayBackup.ReadAsync(new MemoryStream(Sample()), Stop);

        var done = Assert.IsType<GatewayOutcome.Done>(await host.Get<GatewayImport>()
            .RunAsync(new GatewayTakeover(data, AGateway.Issuer, null, null), TokenBuilder.Somebody, null, Stop));

        Assert.Equal((2, 0), NumbersOf(done.Report, GatewaySorts.Registrations));
        Assert.Equal((0, 2), NumbersOf(done.Report, GatewaySorts.Tokens));
        Assert.Equal((1, 0), NumbersOf(done.Report, GatewaySorts.RefreshTokens));
        var claude = await host.Get<ClientDirectory>().FindAsync("client_2wVYmUFLV6vg4UDj64lrEg", Stop);
        Assert.Equal(("Claude", DateTimeOffset.FromUnixTimeSeconds(1803092201)), (claude!.Name, claude.ExpiresAt));
        Assert.Equal(["https://claude.ai/cb"], claude.RedirectUris);
        Assert.Equal(["openid", "profile", "email"], claude.Scopes);
        Assert.Equal([GrantTypes.AuthorizationCode, GrantTypes.RefreshToken], claude.GrantTypes);
    }

    [Fact]
    public async Task What_was_taken_over_goes_back_and_what_cannot_is_named_in_the_file()
    {
        await using var gateway = await AGateway.StartAsync();
        await using var host = await CoreHost.StartAsync();
        var now = host.Clock.GetUtcNow();
        var client = await gateway.AddClientAsync(now, lifetime: TimeSpan.FromDays(30));
        var (kept, _) = await gateway.AddTokenAsync(client.Id, now, TimeSpan.FromHours(1));
        var (revoked, _) = await gateway.AddTokenAsync(client.Id, now, TimeSpan.FromHours(1));
        await gateway.AddRefreshTokenAsync(client.Id, now, TimeSpan.FromDays(1));
        await host.Get<GatewayImport>().RunAsync(await gateway.ReadAsync(host), TokenBuilder.Somebody, null, Stop);
        await host.Get<TokenRevocations>().RevokeAsync(revoked, "stolen", TokenBuilder.Somebody, RequestOrigin.None, Stop);
        await host.IssueAsync();
        using var file = new MemoryStream();

        var exported = await host.Get<GatewayExport>().WriteAsync(file, TokenBuilder.Somebody, null, Stop);

        var text = Encoding.ASCII.GetString(file.ToArray());
        var data = await GatewayBackup.ReadAsync(new MemoryStream(file.ToArray()), Stop);
        var theirs = (await gateway.ReadAsync(host)).Data;
        Assert.Equal(kept, Assert.Single(data.Tokens).Name);
        Assert.Equal([new GatewayEntry("octo", "set", -1, $"[\"{kept}\"]")], data.UserTokens);
        Assert.Empty(data.RefreshTokens);
        Assert.Equal(
            TokenBuilder.Json(theirs.Tokens.Single(entry => entry.Name == kept).Value!).GetProperty("expires_at").GetInt64(),
            TokenBuilder.Json(data.Tokens[0].Value!).GetProperty("expires_at").GetInt64());
        var value = TokenBuilder.Json(Assert.Single(data.Registrations).Value!);
        Assert.Equal("[\"https://app.example.com/cb\"]", value.GetProperty("redirect_uris").GetString());
        Assert.Equal((now + TimeSpan.FromDays(30)).ToUnixTimeSeconds(), value.GetProperty("client_secret_expires_at").GetInt64());
        Assert.True(value.GetProperty("client_secret").GetString() is { Length: 43 } secret && secret != client.Secret);
        Assert.Equal((1, 1), (exported.Registrations, exported.Tokens));
        Assert.All(exported.LeftOut, sentence => Assert.Contains(sentence, text, StringComparison.Ordinal));
        Assert.Contains("Access tokens that Signet signed, which the gateway cannot verify: 1.", exported.LeftOut);
    }

    internal static (int TakenOver, int LeftOut) NumbersOf(GatewayReport report, string sort) =>
        report.Counts.Where(count => count.Sort == sort).Select(count => (count.TakenOver, count.LeftOut)).Single();

    internal static byte[] Sample()
    {
        using var stream = typeof(GatewayBackupTests).Assembly.GetManifestResourceStream("gateway-backup.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static async Task<string> WriteAsync(GatewayData data)
    {
        using var file = new MemoryStream();
        await GatewayBackup.WriteAsync(file, data, [], Stop);
        return Encoding.ASCII.GetString(file.ToArray());
    }
}
