using System.Globalization;
using System.Text;

namespace Dashboard.Core.Outbound;

/// <summary>What came of posting something.</summary>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Fault">Why it failed, in a sentence for people that quotes nothing of what was answered; null at any status of 2xx.</param>
/// <param name="Answer">The beginning of what was answered, somebody else's text; empty where there was nothing.</param>
/// <param name="RetryAfter">How long the answer asks to be left alone; null where it does not say.</param>
internal readonly record struct Posted(int? Status, string? Fault, string Answer, TimeSpan? RetryAfter)
{
    public static Posted Failed(string fault) => new(null, fault, "", null);
}

/// <summary>Reads the answer to something posted.</summary>
internal static class PostedAnswer
{
    /// <summary>So many characters of an answer are kept.</summary>
    public const int MostCharacters = 500;

    // Enough for as many characters of any language.
    private const int MostBytes = 4 * MostCharacters;

    public static async Task<Posted> ReadAsync(HttpResponseMessage answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        return new Posted(status, FaultOf(status), await ReadTextAsync(answer, cancellationToken), RetryAfterOf(answer, now));
    }

    private static string? FaultOf(int status) => status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => string.Create(
            CultureInfo.InvariantCulture, $"It answers with status {status}; redirects are not followed."),
        _ => string.Create(CultureInfo.InvariantCulture, $"It answers with status {status} instead of 2xx."),
    };

    // The status has decided already: an answer that breaks off or never ends changes nothing.
    private static async Task<string> ReadTextAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytes];
        var length = 0;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            while (length < buffer.Length
                && await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is var read and > 0)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // What came so far is shown.
        }

        var text = Encoding.UTF8.GetString(buffer, 0, length);
        return text.Length <= MostCharacters ? text
            : text[..(char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage answer, DateTimeOffset now) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > now => date - now,
        _ => null,
    };
}
