using System.Net.Http.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Faults;

/// <summary>What a restart keeps, and what a start refuses.</summary>
public sealed class RestartTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_keeps_tokens_revocations_and_keys()
    {
        await using var signet = await SignetProcess.StartAsync();
        using var administrator = await signet.LoginAsync();
        var good = await administrator.MintAsync("good");
        var revoked = await administrator.MintAsync("revoked");
        var cutOff = await administrator.MintAsync("cut-off");
        using var first = await administrator.RevokeAsync(revoked.TokenId);
        using var second = await administrator.PostAsJsonAsync(
            "/dashboard/tokens/revocations", new { cut_off = new { scope = "subject", value = "cut-off" }, reason = "gone" }, Stop);
        await first.ReadAsync(200);
        await second.ReadAsync(202);

        await signet.KillAsync();
        await signet.RestartAsync();

        Assert.Null(await signet.Http.RefusalOfAsync(good.Token));
        Assert.Equal("TOKEN_REVOKED", await signet.Http.RefusalOfAsync(revoked.Token));
        Assert.Equal("TOKEN_REVOKED", await signet.Http.RefusalOfAsync(cutOff.Token));
    }

    [Fact]
    public async Task A_token_that_our_key_signed_but_this_ledger_never_issued_is_unknown()
    {
        await using var signet = await SignetProcess.StartAsync(null, StoreKinds.Sqlite);
        await signet.KillAsync();
        var copy = signet.Folder + "-before";
        CopyFolder(signet.Folder, copy);
        await signet.RestartAsync();
        using (var administrator = await signet.LoginAsync())
        {
            var (token, _) = await administrator.MintAsync();
            await signet.KillAsync();

            await using var older = await SignetProcess.StartAsync(
                copy, StoreKinds.Sqlite, ("Signet__Issuer", signet.Address.ToString().TrimEnd('/')));
            Assert.Equal("TOKEN_UNKNOWN", await older.Http.RefusalOfAsync(token));
        }

        Directory.Delete(copy, recursive: true);
    }

    [Theory]
    [InlineData("--Signet:Issuer=not-an-address", "Signet:Issuer")]
    [InlineData("--Storage:Kind=punchcards", "Storage:Kind")]
    [InlineData("--Storage:Kind=punchcards", "Storage:Kind must be 'sqlite' or 'redis', but was 'punchcards'.")]
    [InlineData("--Keys:RsaBits=512", "Keys:RsaBits must be between 2048 and 4096, but was '512'.")]
    [InlineData("--Keys:RsaBits=many", "Keys:RsaBits must be a whole number, but was 'many'.")]
    [InlineData("--Keys:Algorithm=EdDSA", "Keys:Algorithm must be one of RS256, ES256, HS256, PS256, but was 'EdDSA'.")]
    [InlineData("--Tokens:ClockSkew=5m", "Tokens:ClockSkew must be a duration such as 00:15:00, but was '5m'.")]
    [InlineData("--Tokens:ClockSkew=00:05:00", "Tokens:ClockSkew must be between 00:00:00 and 00:01:00, but was '00:05:00'.")]
    [InlineData("--Hosting:AllowHttp=maybe", "Hosting:AllowHttp must be true or false, but was 'maybe'.")]
    [InlineData("--Signet:Audience=", "Signet:Audience is required.")]
    [InlineData("--urls=nonsense", "--urls")]
    [InlineData("--SIGNET_MASTER_KEY=c2hvcnQ=", "SIGNET_MASTER_KEY")]
    [InlineData("--Scopes:Hierarchy:a:0=a", "Scopes:Hierarchy")]
    public async Task A_wrong_setting_ends_the_start_with_2_and_its_name(string argument, string name)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"signet-e2e-{Guid.CreateVersion7():N}");
        var (exitCode, output) = await SignetProcess.RunAsync("--urls=http://127.0.0.1:0", $"--Signet:DataFolder={folder}", argument);

        Assert.Equal(2, exitCode);
        Assert.Contains(name, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_occupied_port_ends_the_start_with_2_and_the_way_out()
    {
        await using var signet = await SignetProcess.StartAsync();
        var folder = Path.Combine(Path.GetTempPath(), $"signet-e2e-{Guid.CreateVersion7():N}");

        var (exitCode, output) = await SignetProcess.RunAsync($"--urls=http://127.0.0.1:{signet.Address.Port}", $"--Signet:DataFolder={folder}");

        Assert.Equal(2, exitCode);
        Assert.Contains($"http://127.0.0.1:{signet.Address.Port}", output, StringComparison.Ordinal);
        Assert.Contains("--urls", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_lost_master_key_ends_the_start_and_changes_nothing()
    {
        await using var signet = await SignetProcess.StartAsync(null, StoreKinds.Sqlite);
        await signet.KillAsync();
        File.Delete(Path.Combine(signet.Folder, "master.key"));
        var before = await File.ReadAllBytesAsync(Path.Combine(signet.Folder, "signet.db"), Stop);

        var (exitCode, output) = await SignetProcess.RunAsync("--urls=http://127.0.0.1:0", $"--Signet:DataFolder={signet.Folder}");

        Assert.Equal(2, exitCode);
        Assert.Contains("SIGNET_MASTER_KEY", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(signet.Folder, "master.key")));
        Assert.Equal(before.Length, new FileInfo(Path.Combine(signet.Folder, "signet.db")).Length);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused()
    {
        await using var signet = await SignetProcess.StartAsync(null, StoreKinds.Sqlite);

        var (exitCode, output) = await SignetProcess.RunAsync("--urls=http://127.0.0.1:0", $"--Signet:DataFolder={signet.Folder}");

        Assert.Equal(3, exitCode);
        Assert.Contains("already", output, StringComparison.Ordinal);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
