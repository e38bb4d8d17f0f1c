using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Dashboard.Commands;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.LiveKit;

namespace Dashboard.Tests.Unit.Commands.TokenTools;

/// <summary><c>token check-expiry --replace</c>: a token in a file gives way to a fresh one, and nothing else changes.</summary>
[SupportedOSPlatform("linux")]
public sealed class ReplaceTokenTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signet-replace-").FullName;
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Page => Path.Combine(_folder, "index.html");

    public async ValueTask InitializeAsync()
    {
        _runner = await CommandRunner.StartAsync(new Dictionary<string, string?>(LiveKitBuilder.Settings)
        {
            ["Tokens:ExtraClaims:deployment"] = "blue",
        });
        _runner.Host.Clock.Jump(TimeProvider.System.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_token_like_the_old_one_takes_its_place_and_the_rest_stays_to_the_byte()
    {
        // Minted two hours ago for an hour.
        _runner.Host.Clock.Jump(TimeProvider.System.GetUtcNow().AddHours(-2));
        var old = await MintAsync(TokenBuilder.Request(TokenKind.Minted) with
        {
            Audience = "https://api.example.com",
            Lifetime = TimeSpan.FromHours(1),
            ExtraClaims = TokenBuilder.Json("""{"team":"red"}"""),
        });
        _runner.Host.Clock.Jump(TimeProvider.System.GetUtcNow());
        byte[] before = [.. "<p>caf\u00e9 "u8, 0xFF, .. Encoding.ASCII.GetBytes($"\r\nconst TOKEN = '{old}'; also '{old}'"), 0xFE];
        await WriteAsync(before);

        Assert.Equal(0, await _runner.RunUnattendedAsync("token", "check-expiry", Page, "--replace", "--yes"));

        var after = await File.ReadAllBytesAsync(Page, Stop);
        var fresh = TokensIn(after);
        Assert.Equal(2, fresh.Count);
        Assert.Equal(fresh[0], fresh[1]);
        Assert.Equal(before, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(after).Replace(fresh[0], old, StringComparison.Ordinal)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Page));
        Assert.Equal(["index.html"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        var (was, now) = (await RowOfAsync(old), await RowOfAsync(fresh[0]));
        Assert.Equal((was.Subject, was.Client, was.Scope, was.Audience), (now.Subject, now.Client, now.Scope, now.Audience));
        Assert.Equal(TimeSpan.FromHours(1), now.ExpiresAt - Seconds(now.IssuedAt));
        Assert.Contains("\"team\":\"red\"", now.Claims, StringComparison.Ordinal);
        Assert.Equal(2, now.Claims.Split("deployment").Length);
        Assert.Null(await _runner.Host.CodeAsync(fresh[0], new() { Audience = "https://api.example.com" }));
        var entry = Assert.Single((await _runner.Host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: now.TokenId), null, 10, Stop)).Items).Entry;
        Assert.Equal($"cli:{Environment.UserName}", entry.Who.Name);
        Assert.StartsWith($"In place of {was.TokenId}", entry.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", _runner.Answer() + _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_token_stays()
    {
        var good = await MintAsync(TokenBuilder.Request(TokenKind.Minted) with { Lifetime = TimeSpan.FromHours(5) });
        await WriteAsync(good);

        Assert.Equal(0, await _runner.RunUnattendedAsync("token", "check-expiry", Page, "--replace", "--yes"));

        Assert.Equal([good], TokensIn(await File.ReadAllBytesAsync(Page, Stop)));
    }

    [Fact]
    public async Task A_dry_run_a_no_and_nobody_to_ask_change_nothing()
    {
        var old = await ExpiringAsync();
        await WriteAsync(old);

        Assert.Equal(0, await _runner.RunAsync("token", "check-expiry", Page, "--replace", "--dry-run"));
        Assert.Contains("line 1 (of user-1)", _runner.Answer(), StringComparison.Ordinal);
        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync("token", "check-expiry", Page, "--replace"));
        Assert.Equal(2, await _runner.RunUnattendedAsync("token", "check-expiry", Page, "--replace"));

        Assert.Equal(old, await File.ReadAllTextAsync(Page, Stop));
        Assert.Single((await _runner.Host.Get<TokenDirectory>().ListAsync(new LedgerFilter(), null, 10, Stop)).Items);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task What_may_not_be_replaced_stays_and_is_said_beside_what_is()
    {
        var good = await ExpiringAsync();
        var revoked = await ExpiringAsync();
        await _runner.Host.Get<TokenRevocations>().RevokeAsync(
            (await RowOfAsync(revoked)).TokenId, "stolen", Actor.OfCommand("bob"), RequestOrigin.None, Stop);
        var granted = (await _runner.Host.IssueAsync(TokenBuilder.Request() with { Lifetime = TimeSpan.FromMinutes(5) })).Token;
        var foreign = ForgedToken.Sign("""{"alg":"HS256"}""", """{"iss":"https://a.example.com","sub":"a","exp":1000000000}""", _ => new byte[32]);
        await WriteAsync($"{good}\n{revoked}\n{granted}\n{foreign}\n");

        Assert.Equal(1, await _runner.RunAsync("token", "check-expiry", Page, "--replace", "--yes", "--json"));

        var rows = TokenBuilder.Json(_runner.Answer()).GetProperty("tokens").EnumerateArray().ToList();
        Assert.True(rows[0].TryGetProperty("replaced_by", out _));
        Assert.Equal(
            ["stolen", "where it got this one", "https://a.example.com"],
            rows.Skip(1).Zip(["stolen", "where it got this one", "https://a.example.com"])
                .Select(row => row.First.GetProperty("not_replaced").GetString()!.Contains(row.Second, StringComparison.Ordinal) ? row.Second : "other"));
        var after = TokensIn(await File.ReadAllBytesAsync(Page, Stop));
        Assert.NotEqual(good, after[0]);
        Assert.Equal([revoked, granted, foreign], after.Skip(1));
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        await WriteAsync(await ExpiringAsync());
        var link = Path.Combine(_folder, "link.html");
        File.CreateSymbolicLink(link, Page);

        Assert.Equal(0, await _runner.RunAsync("token", "check-expiry", link, "--replace", "--yes"));

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Single(TokensIn(await File.ReadAllBytesAsync(Page, Stop)));
        Assert.Equal(0, await _runner.RunAsync("token", "check-expiry", Page, "--within", "10m"));
    }

    // Only an administrator can give a file away, or mount one.
    [Theory]
    [InlineData("chown", "4711:4712")]
    [InlineData("chgrp", "4712")]
    public async Task A_file_stays_whose_it_is(string program, string owner)
    {
        await WriteAsync(await ExpiringAsync());
        if (Environment.IsPrivilegedProcess)
        {
            await RunProgramAsync(program, owner, Page);
        }

        var before = await RunProgramAsync("stat", "-c", "%u:%g %a", Page);

        Assert.Equal(0, await _runner.RunAsync("token", "check-expiry", Page, "--replace", "--yes"));

        Assert.Equal(before, await RunProgramAsync("stat", "-c", "%u:%g %a", Page));
        Assert.Equal(0, await _runner.RunAsync("token", "check-expiry", Page, "--within", "10m"));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("shorter")]
    [InlineData("as long as before, and some more")]
    public async Task A_file_that_is_mounted_alone_is_written_where_it_is(string content)
    {
        await WriteAsync("as long as before");
        var isMounted = await TryMountAsync(Page);
        try
        {
            using (var file = FileReplacement.Begin(Page))
            {
                file.Commit(Encoding.ASCII.GetBytes(content));
            }

            Assert.Equal(content, await File.ReadAllTextAsync(Page, Stop));
            Assert.Single(Directory.GetFiles(_folder));
        }
        finally
        {
            if (isMounted)
            {
                await RunProgramAsync("umount", Page);
            }
        }
    }

    [Fact]
    public async Task A_token_of_livekit_is_recognised_and_replaced()
    {
        var old = (await _runner.Host.IssueLiveKitAsync(LiveKitBuilder.Request() with { Lifetime = TimeSpan.FromMinutes(30) })).Token;
        await WriteAsync($"const TOKEN = '{old.Token}';");

        var report = (await _runner.ReadAsync("token", "validate", old.Token)).GetProperty("report");
        Assert.Equal("test-room", report.GetProperty("livekit").GetProperty("room").GetString());
        Assert.Equal(1, await _runner.RunAsync("token", "check-expiry", Page));
        Assert.Equal(0, await _runner.RunAsync("token", "check-expiry", Page, "--replace", "--yes"));

        var fresh = Assert.Single(TokensIn(await File.ReadAllBytesAsync(Page, Stop)));
        var (was, now) = (DecodedToken.Read(old.Token, default, out _)!, DecodedToken.Read(fresh, default, out _)!);
        Assert.Equal(TokenKind.LiveKit, (await RowOfAsync(fresh)).Kind);
        Assert.Equal((was.Issuer, was.Subject), (now.Issuer, now.Subject));
        Assert.Equal(was.Claims.GetProperty("video").GetRawText(), now.Claims.GetProperty("video").GetRawText());
        Assert.Equal(was.Claims.GetProperty("name").GetRawText(), now.Claims.GetProperty("name").GetRawText());
        Assert.Equal(was.ExpiresAt - was.NotBefore, now.ExpiresAt - now.NotBefore);
        Assert.Equal(0, await _runner.RunAsync("token", "validate", fresh));
        Assert.Contains("For LiveKit: user1 in the room test-room.", _runner.Answer(), StringComparison.Ordinal);
    }

    private static async Task<bool> TryMountAsync(string path)
    {
        using var mount = Process.Start(new ProcessStartInfo("mount", ["--bind", path, path]) { RedirectStandardError = true, UseShellExecute = false })!;
        await mount.WaitForExitAsync(Stop);
        return mount.ExitCode is 0;
    }

    private static async Task<string> RunProgramAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
        return said;
    }

    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static List<string> TokensIn(byte[] content) =>
        [.. PastedTextReader.FindAll(Encoding.Latin1.GetString(content)).Select(found => found.Text)];

    private Task<string> ExpiringAsync() => MintAsync(TokenBuilder.Request(TokenKind.Minted) with { Lifetime = TimeSpan.FromMinutes(20) });

    private async Task<string> MintAsync(Core.Tokens.Issuing.TokenRequest request) => (await _runner.Host.IssueAsync(request)).Token;

    private Task<LedgerEntry> RowOfAsync(string token) => _runner.Host.RowAsync(DecodedToken.Read(token, default, out _)!.TokenId!);

    private Task WriteAsync(string content) => WriteAsync(Encoding.ASCII.GetBytes(content));

    private async Task WriteAsync(byte[] content)
    {
        await File.WriteAllBytesAsync(Page, content, Stop);
        File.SetUnixFileMode(Page, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }
}
