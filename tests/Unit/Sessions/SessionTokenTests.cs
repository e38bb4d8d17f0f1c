using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Sessions;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sessions;

/// <summary>What a session's token is answered with once the session is over.</summary>
public sealed class SessionTokenTests : IAsyncLifetime
{
    private const string Fingerprint = "a-fingerprint-of-a-browser";

    private PeopleCore _core = null!;
    private Session _session = null!;
    private string _token = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _core = await PeopleCore.StartAsync(("Sessions:AbsoluteLimit", "00:05:00"), ("Sessions:IdleLimit", "00:05:00"));
        _session = (await _core.StartSessionAsync(await _core.AddAdminAsync(), SessionKind.Api)).Session;
        var outcome = await _core.Get<TokenIssuer>().IssueAsync(
            new TokenRequest
            {
                Kind = TokenKind.Operator,
                Subject = Subjects.OfOperator("admin"),
                Session = _session.Name,
                Role = "administrator",
                AgentId = "user_admin",
                Scopes = [],
                FingerprintHash = _session.Binding.Fingerprint,
                Who = new Actor("admin"),
            },
            Stop);
        _token = Assert.IsType<TokenIssueOutcome.Issued>(outcome).Token;
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Session_at_its_limit_is_answered_as_expired_with_its_duration(bool isAskedTwice)
    {
        Assert.IsType<TokenVerdict.Accepted>(await JudgeAsync());

        _core.Clock.Advance(TimeSpan.FromMinutes(5));
        if (isAskedTwice)
        {
            // The first answer ends the session, which also cuts off its tokens.
            await JudgeAsync();
        }

        var refused = Assert.IsType<TokenVerdict.Refused>(await JudgeAsync());
        Assert.Equal("SESSION_EXPIRED", refused.Reason.Code);
        Assert.Equal(TimeSpan.FromMinutes(5), refused.Facts.SessionTimeout);
    }

    [Fact]
    public async Task Session_that_was_signed_out_is_answered_as_revoked()
    {
        await _core.Ending.EndAsync(_session, SessionEndReason.SignedOut, new Actor("admin"), RequestOrigin.None, Stop);

        Assert.Equal("TOKEN_REVOKED", Assert.IsType<TokenVerdict.Refused>(await JudgeAsync()).Reason.Code);
    }

    private async Task<TokenVerdict> JudgeAsync() => await _core.Get<TokenValidator>().ValidateAsync(
        _token, new ValidationContext { Kinds = [TokenKind.Operator], Fingerprint = Fingerprint }, Stop);
}
