using Dashboard.Core.Events;
using Dashboard.Hosting;

namespace Dashboard.OAuth.ForwardAuth;

/// <summary>
/// Records what was refused before there was a token to judge. Refused tokens record themselves.
/// </summary>
internal sealed class VerifyRefusalRecord(EventLog events, TimeProvider clock) : RefusalRecord(events, clock)
{
    protected override (string Kind, string Code) NameOf(OAuthRefusal refusal) => (
        EventKinds.AccessRefused,
        (refusal.Status is StatusCodes.Status401Unauthorized ? ErrorCode.AuthRequired : ErrorCode.InvalidInput).Name);
}
