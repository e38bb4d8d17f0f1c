using Dashboard.Core.Webhooks;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>The signature of Standard Webhooks, with the values of its own libraries' tests.</summary>
public sealed class WebhookSignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Body = "{\"test\": 2432232314}";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);
    private static readonly byte[] Key = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    [Fact]
    public void Signature_is_the_one_that_the_standard_gives()
    {
        Assert.Equal(
            [
                ("webhook-id", Id),
                ("webhook-timestamp", "1614265330"),
                ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            ],
            WebhookSignature.HeadersOf(Id, At.AddMilliseconds(999), Body, [Key]));
    }

    [Fact]
    public void Every_key_signs_by_itself()
    {
        var signatures = WebhookSignature.HeadersOf(Id, At, Body, [new byte[32], Key])[2].Value.Split(' ');

        Assert.Equal(2, signatures.Length);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signatures[1]);
        Assert.NotEqual(signatures[0], signatures[1]);
    }
}
