using Dashboard.Core.Keys.Protection;
using Dashboard.Hosting;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Hosting;

public sealed class DataProtectionTests
{
    [Fact]
    public async Task Protected_data_survives_a_restart_and_its_key_is_not_readable_in_the_store()
    {
        var folder = Directory.CreateTempSubdirectory("signet-test-");
        try
        {
            string secret;
            await using (var first = await TestHost.StartAsync(folder: folder.FullName))
            {
                secret = ProtectorOf(first).Protect("who I am");
                var stored = Assert.Single(first.Services.GetRequiredService<IDataProtectionKeyStore>().Read());
                Assert.Contains(nameof(SealedXmlDecryptor), stored, StringComparison.Ordinal);
                Assert.DoesNotContain("masterKey", stored, StringComparison.Ordinal);
            }

            await using var second = await TestHost.StartAsync(folder: folder.FullName);
            Assert.Equal("who I am", ProtectorOf(second).Unprotect(secret));
            Assert.Single(second.Services.GetRequiredService<IDataProtectionKeyStore>().Read());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IDataProtector ProtectorOf(TestHost host) =>
        host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    // CVE-2026-40372: cookies could be forged up to 10.0.6. Data protection comes with the runtime.
    [Fact]
    public void Framework_is_newer_than_the_one_that_took_forged_cookies() =>
        Assert.True(Environment.Version >= new Version(10, 0, 7), $"This is .NET {Environment.Version}.");
}
