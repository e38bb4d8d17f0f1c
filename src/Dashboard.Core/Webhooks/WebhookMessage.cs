using System.Text;

namespace Dashboard.Core.Webhooks;

/// <summary>Something that receivers are told. The same message is the same for all of them, however often it is sent.</summary>
/// <param name="Id">
/// Names it: receivers tell by it what they had already, and <see cref="WebhookOutbox"/> does too. Letters, digits, <c>_</c> and <c>-</c>.
/// </param>
/// <param name="Type">What happened, for receivers, such as <c>alert.opened</c>.</param>
/// <param name="Kind">The kind of alert, by which webhooks choose.</param>
/// <param name="Severity">By which webhooks choose, too.</param>
/// <param name="At">When it happened.</param>
/// <param name="Json">The body, sent as it is. Never holds a token, a secret or a claim's value.</param>
public sealed record WebhookMessage(
    string Id, string Type, string Kind, WebhookSeverity Severity, DateTimeOffset At, string Json)
{
    /// <summary>The type of what the test button sends.</summary>
    public const string TestType = "signet.test";

    internal const int LongestId = 100;
    internal const int LongestName = 100;
    internal const int MostBytes = 64 * 1024;

    /// <summary>Its body says more than a log may hold.</summary>
    public override string ToString() => Id;

    /// <summary>Throws where it cannot be sent: the id stands in a header and in what is signed.</summary>
    internal static void Check(WebhookMessage message)
    {
        if (message.Id.Length is 0 or > LongestId
            || !message.Id.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
        {
            throw new ArgumentException("The id of a message must have 1 to 100 letters, digits, _ and -.", nameof(message));
        }

        if (message.Type.Length is 0 or > LongestName
            || message.Kind.Length is 0 or > LongestName
            || Encoding.UTF8.GetByteCount(message.Json) > MostBytes)
        {
            throw new ArgumentException("The type, kind or body of a message is empty or too long.", nameof(message));
        }
    }
}
