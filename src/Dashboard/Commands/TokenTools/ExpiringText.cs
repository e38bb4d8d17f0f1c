using System.Text;
using Dashboard.Core.Tokens.Inspection;

namespace Dashboard.Commands.TokenTools;

/// <summary>A text with tokens in it, and the file that it stands in; null for none.</summary>
internal sealed record ExpiringText(string Text, string? File)
{
    // One character for each byte, whatever the file's encoding: a token is the same in all of them, and what is around it goes back
    // as it came.
    private static readonly Encoding Bytes = Encoding.Latin1;

    /// <summary>Reads what was given; null and why where it cannot be read.</summary>
    public static async Task<(ExpiringText? Text, string Fault)> ReadAsync(CommandRun run, string given, CancellationToken cancellationToken)
    {
        if (TokenInput.IsStandardInput(given) || PastedTextReader.FindAll(given) is not [])
        {
            var text = await TokenInput.ReadAsync(run, given, cancellationToken);
            return text.Length > PastedTextReader.LongestText
                ? (null, $"The text is larger than {PastedTextReader.LongestText} characters. Give a part of it.")
                : (new ExpiringText(text, null), "");
        }

        try
        {
            var file = new FileInfo(given);
            return !file.Exists ? (null, "That holds no token, and there is no file of that name.")
                : file.Length > PastedTextReader.LongestText ? (null, $"The file {given} is larger than {PastedTextReader.LongestText} bytes.")
                : (new ExpiringText(Bytes.GetString(await System.IO.File.ReadAllBytesAsync(given, cancellationToken)), given), "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"The file {given} cannot be read.");
        }
    }

    /// <summary>The tokens in it, judged by a clock.</summary>
    public IReadOnlyList<ExpiringToken> Judge(DateTimeOffset now, TimeSpan within) =>
        [.. PastedTextReader.FindAll(Text).Select(placed => ExpiringToken.Of(placed, LineOf(placed), now, within))];

    /// <summary>The bytes of the text with other tokens in the places of old ones.</summary>
    public byte[] With(IReadOnlyList<ExpiringToken> tokens, IReadOnlyDictionary<string, string> replacements)
    {
        var text = new StringBuilder(Text);
        foreach (var token in tokens.Reverse().Where(token => replacements.ContainsKey(token.Text)))
        {
            text.Remove(token.Index, token.Text.Length).Insert(token.Index, replacements[token.Text]);
        }

        return Bytes.GetBytes(text.ToString());
    }

    /// <summary>True while the file still holds this text.</summary>
    public bool IsCurrent() => File is not null && Bytes.GetString(System.IO.File.ReadAllBytes(File)) == Text;

    private int LineOf(PlacedToken token) => 1 + Text.AsSpan(0, token.Index).Count('\n');
}
