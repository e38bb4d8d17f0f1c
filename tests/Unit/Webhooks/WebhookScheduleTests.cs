using Dashboard.Core.Webhooks;
using Dashboard.Core.Webhooks.Sending;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>What follows an attempt.</summary>
public sealed class WebhookScheduleTests
{
    private static readonly DateTimeOffset Now = WebhookBuilder.Start;
    private static readonly WebhookAttempt Failure = new(Now, 500, "It answers with status 500 instead of 2xx.", TimeSpan.Zero, "");

    [Fact]
    public void Pauses_grow_from_seconds_to_hours_and_come_to_about_a_day()
    {
        Assert.Equal(WebhookSchedule.Pauses.Order(), WebhookSchedule.Pauses);
        Assert.Equal(TimeSpan.FromSeconds(5), WebhookSchedule.Pauses[0]);
        Assert.InRange(WebhookSchedule.Pauses.Aggregate((sum, pause) => sum + pause), TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public void A_failure_is_tried_again_until_the_pauses_are_used_up()
    {
        var delivery = WebhookBuilder.Delivery();
        foreach (var pause in WebhookSchedule.Pauses)
        {
            delivery = WebhookSchedule.After(delivery, Failure, null, Now);
            Assert.Equal(WebhookDeliveryState.Waiting, delivery.State);
            Assert.InRange(delivery.DueAt!.Value - Now, pause, pause * 1.1);
        }

        delivery = WebhookSchedule.After(delivery, Failure, null, Now);
        Assert.Equal((WebhookDeliveryState.GivenUp, 10, Now), (delivery.State, delivery.Tries, delivery.EndedAt));
        Assert.Null(delivery.DueAt);
        Assert.Equal("It failed 10 times within about a day.", delivery.GivenUpBecause);
    }

    [Theory]
    [InlineData(1, 5, 6)]
    [InlineData(60, 60, 60)]
    [InlineData(21_600, 21_600, 21_600)]
    [InlineData(999_999_999, 21_600, 21_600)]
    public void Retry_after_is_heeded_where_it_is_longer_and_up_to_six_hours(int asked, int least, int most)
    {
        var after = WebhookSchedule.After(WebhookBuilder.Delivery(), Failure, TimeSpan.FromSeconds(asked), Now);

        Assert.InRange(after.DueAt!.Value - Now, TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));
    }

    [Fact]
    public void However_often_patience_is_asked_for_it_ends_after_about_a_day()
    {
        var (delivery, now) = (WebhookBuilder.Delivery(), Now);
        while (delivery.State is WebhookDeliveryState.Waiting)
        {
            now = delivery.DueAt!.Value;
            delivery = WebhookSchedule.After(delivery, Failure, TimeSpan.FromDays(9), now);
        }

        Assert.Equal(WebhookDeliveryState.GivenUp, delivery.State);
        Assert.InRange(now - Now, WebhookSchedule.LongestTrying, WebhookSchedule.LongestTrying + WebhookSchedule.LongestRetryAfter);
    }

    [Fact]
    public void Only_the_newest_attempts_are_kept()
    {
        var delivery = WebhookBuilder.Delivery();
        for (var count = 0; count < 40; count++)
        {
            delivery = WebhookSchedule.After(delivery, Failure with { At = Now.AddSeconds(count) }, null, Now);
        }

        Assert.Equal(30, delivery.Attempts.Count);
        Assert.Equal(Now.AddSeconds(39), delivery.Attempts[^1].At);
    }
}
