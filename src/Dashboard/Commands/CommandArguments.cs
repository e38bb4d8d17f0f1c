namespace Dashboard.Commands;

/// <summary>Tells settings, such as <c>--Storage:Redis=…</c>, from what belongs to a command: both can stand in any order.</summary>
internal sealed record CommandArguments(string[] Settings, string[] Rest)
{
    // Settings without a section: ours, and the host's own.
    private static readonly string[] Plain =
    [
        "urls", "environment", "AllowedHosts", "applicationName", "contentRoot", "webroot", "http_ports", "https_ports", "detailedErrors",
        "captureStartupErrors", "suppressStatusMessages", "preferHostingUrls", "shutdownTimeoutSeconds", "startupAssembly", "staticWebAssets",
        "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "preventHostingStartup", "forwardedHeaders_enabled",
    ];

    public static CommandArguments Split(IReadOnlyList<string> arguments)
    {
        List<string> settings = [];
        List<string> rest = [];
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (!IsSetting(argument))
            {
                rest.Add(argument);
                continue;
            }

            settings.Add(argument);
            if (!argument.Contains('=', StringComparison.Ordinal) && index + 1 < arguments.Count)
            {
                settings.Add(arguments[++index]);
            }
        }

        return new CommandArguments([.. settings], [.. rest]);
    }

    private static bool IsSetting(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var name = argument[2..].Split('=', 2)[0];
        return name.Contains(':', StringComparison.Ordinal)
            || name.StartsWith("SIGNET_", StringComparison.OrdinalIgnoreCase)
            || IsEnvironmentName(name)
            || Plain.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    // As those of the four systems that settings are read from: JWT_SECRET, AGENT_KEYS.
    private static bool IsEnvironmentName(string name) =>
        name.Contains('_', StringComparison.Ordinal) && name.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is '_');
}
