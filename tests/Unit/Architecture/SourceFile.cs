using System.Text.RegularExpressions;

namespace Dashboard.Tests.Unit.Architecture;

/// <summary>One of our source files: where it stands and what it names.</summary>
internal sealed partial class SourceFile
{
    private SourceFile(string root, string path)
    {
        Path = System.IO.Path.GetRelativePath(root, path).Replace('\\', '/');
        Text = File.ReadAllText(path);
        Imports = [.. Using().Matches(Text).Select(match => match.Groups["name"].Value)];
    }

    /// <summary>Relative to the root of the repository, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>The namespaces it imports.</summary>
    public IReadOnlyList<string> Imports { get; }

    /// <summary>The folder below <c>src/Dashboard.Core</c> or <c>src/Dashboard</c>, such as <c>Tokens</c>; empty for files beside it.</summary>
    public string Feature => Path.Split('/') is [_, _, var feature, _, ..] ? feature : "";

    /// <summary>Every C# and Razor file below a folder of the repository.</summary>
    public static IReadOnlyList<SourceFile> Below(string folder)
    {
        var root = FindRoot();
        var start = System.IO.Path.Combine(root, folder);
        return !Directory.Exists(start)
            ? []
            :
            [
                .. Directory.EnumerateFiles(start, "*.*", SearchOption.AllDirectories)
                    .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
                    .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
                    .Select(path => new SourceFile(root, path)),
            ];
    }

    /// <summary>The text of any file of the repository.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Where a file of the repository is on this machine.</summary>
    public static string PathOf(string path) => System.IO.Path.Combine(FindRoot(), path);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Dashboard.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found.");
        }

        return folder;
    }

    [GeneratedRegex(@"^(?:global )?@?using (?:static )?(?:\w+ = )?(?<name>[A-Z][\w.]*);?\s*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Using();
}
