using System.Diagnostics;
using Dashboard.Tests.Unit.Architecture;

namespace Dashboard.Tests.Unit.Shipping;

/// <summary>The unit of systemd: closed as far as the program allows.</summary>
public sealed class ServiceUnitTests
{
    private const string Unit = "deploy/systemd/signet.service";

    // systemd.unit(5), systemd.service(5), systemd.exec(5), systemd.kill(5).
    private static readonly string[] KnownNames =
    [
        "Description", "Documentation", "Wants", "After", "StartLimitIntervalSec", "StartLimitBurst", "WantedBy",
        "Type", "ExecStart", "Restart", "RestartSec", "RestartPreventExitStatus", "TimeoutStopSec", "KillSignal",
        "WorkingDirectory", "Environment", "EnvironmentFile", "DynamicUser", "User", "StateDirectory", "StateDirectoryMode", "UMask",
        "ProtectSystem", "ProtectHome", "PrivateTmp", "PrivateDevices", "PrivateMounts", "ProtectKernelTunables",
        "ProtectKernelModules", "ProtectKernelLogs", "ProtectControlGroups", "ProtectClock", "ProtectHostname", "ProtectProc",
        "NoNewPrivileges", "CapabilityBoundingSet", "AmbientCapabilities", "RestrictAddressFamilies", "RestrictNamespaces",
        "RestrictRealtime", "RestrictSUIDSGID", "RemoveIPC", "LockPersonality", "SystemCallArchitectures", "SystemCallFilter",
        "SystemCallErrorNumber", "LimitNOFILE", "LimitCORE",
    ];

    [Theory]
    [InlineData("ProtectSystem", "strict")]
    [InlineData("ProtectHome", "yes")]
    [InlineData("PrivateTmp", "yes")]
    [InlineData("PrivateDevices", "yes")]
    [InlineData("NoNewPrivileges", "yes")]
    [InlineData("CapabilityBoundingSet", "")]
    [InlineData("DynamicUser", "yes")]
    [InlineData("StateDirectory", "signet")]
    [InlineData("StateDirectoryMode", "0700")]
    [InlineData("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX")]
    [InlineData("UMask", "0077")]
    [InlineData("Restart", "on-failure")]
    [InlineData("WantedBy", "multi-user.target")]
    public void Unit_says(string name, string value) => Assert.Contains((name, value), Lines());

    [Fact]
    public void Data_is_where_the_service_may_write_and_no_secret_stands_in_the_unit()
    {
        var lines = Lines();

        Assert.Contains(("Environment", "Signet__DataFolder=/var/lib/signet"), lines);
        Assert.DoesNotContain(lines, line => line.Value.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase)
            || line.Value.Contains("MASTER_KEY=", StringComparison.Ordinal));
    }

    // On machines without systemd what is wrong would be found where it is installed: its names are checked here everywhere.
    [Fact]
    public async Task Systemd_finds_no_fault_with_it()
    {
        Assert.All(Lines(), line => Assert.Contains(line.Name, KnownNames));
        if (!Tool.IsThere("systemd-analyze"))
        {
            return;
        }

        using var process = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", SourceFile.PathOf(Unit)])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // Other units of the machine are none of ours.
        Assert.DoesNotContain(said.Split('\n'), line => line.Contains("signet.service", StringComparison.Ordinal));
    }

    private static List<(string Name, string Value)> Lines() =>
    [
        .. SourceFile.Read(Unit).Split('\n')
            .Where(line => line is not [] and not ['#' or '[', ..])
            .Select(line => line.Split('=', 2))
            .Select(parts => (parts[0], parts[1])),
    ];
}

internal static class Tool
{
    /// <summary>True where a program of this name is on the path.</summary>
    public static bool IsThere(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, name)));
}
