using Dashboard.Core.Webhooks;
using Dashboard.Webhooks;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>What is asked is what is so.</summary>
public sealed class WebhookQuestionsTests
{
    private static readonly DateTimeOffset RotatedAt = WebhookBuilder.Start;

    private static readonly Webhook Rotated = WebhookBuilder.Webhook() with
    {
        PreviousSecret = new WebhookSecret([4, 5, 6], RotatedAt.AddDays(-1), RotatedAt + WebhookAdministration.Overlap),
    };

    [Fact]
    public void Rotation_says_that_an_older_secret_ends_only_while_that_signs()
    {
        var end = RotatedAt + WebhookAdministration.Overlap;

        Assert.Contains("earlier rotation ends now", AskedAt(Rotated, end.AddMilliseconds(-1)), StringComparison.Ordinal);
        Assert.DoesNotContain("earlier rotation", AskedAt(Rotated, end), StringComparison.Ordinal);
        Assert.DoesNotContain("earlier rotation", AskedAt(WebhookBuilder.Webhook(), RotatedAt), StringComparison.Ordinal);
        Assert.Equal((2, 1), (Rotated.SecretsAt(end.AddMilliseconds(-1)).Count(), Rotated.SecretsAt(end).Count()));
    }

    private static string AskedAt(Webhook webhook, DateTimeOffset now) => WebhookQuestions.Rotate(webhook, now).Consequence;
}
