using Dashboard.Tests.Unit.Architecture;
using YamlDotNet.RepresentationModel;

namespace Dashboard.Tests.Unit.Shipping;

/// <summary>YAML files of the repository, read by paths such as <c>spec.replicas</c>.</summary>
internal static class Yaml
{
    /// <summary>Every document of a file.</summary>
    public static IReadOnlyList<YamlNode> Documents(string path)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(SourceFile.Read(path));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>The only document of a file.</summary>
    public static YamlNode Document(string path) => Documents(path).Single();

    /// <summary>What stands at a path; null where nothing does. Numbers are places in lists.</summary>
    public static YamlNode? At(this YamlNode node, string path) => path.Split('.').Aggregate(
        (YamlNode?)node,
        (found, name) => found switch
        {
            YamlMappingNode map => map.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null,
            YamlSequenceNode list when int.TryParse(name, out var place) && place < list.Children.Count => list.Children[place],
            _ => null,
        });

    /// <summary>The text at a path; null where there is none.</summary>
    public static string? Text(this YamlNode node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    /// <summary>The texts of a list at a path.</summary>
    public static IReadOnlyList<string?> Texts(this YamlNode node, string path) =>
        node.At(path) is YamlSequenceNode list ? [.. list.Children.OfType<YamlScalarNode>().Select(item => item.Value)] : [];
}
