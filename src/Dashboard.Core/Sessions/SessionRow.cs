using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Core.Sessions;

/// <summary>A session as every store keeps it: the columns of a table, or the fields of a hash.</summary>
internal sealed record SessionRow(
    string Session,
    string Kind,
    string OperatorId,
    string UserName,
    string Role,
    string OperatorStamp,
    long CreatedAt,
    long LastSeenAt,
    long EndsAt,
    string? Ip,
    string? UserAgent,
    string Binding,
    long? EndedAt,
    string? EndedReason,
    long ProvenAt,
    string? SecondFactor,
    long? SecondFactorAt,
    string? Challenge,
    long? ChallengedAt)
{
    public Session ToSession() => new()
    {
        Name = Session,
        Kind = Enum.Parse<SessionKind>(Kind, ignoreCase: true),
        OperatorId = OperatorId,
        UserName = UserName,
        Role = Role,
        OperatorStamp = OperatorStamp,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        LastSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(LastSeenAt),
        EndsAt = DateTimeOffset.FromUnixTimeMilliseconds(EndsAt),
        Ip = Ip,
        UserAgent = UserAgent,
        Binding = SessionBinding.Parse(Binding),
        EndedAt = EndedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        EndReason = SessionEndReasons.Parse(EndedReason),
        ProvenAt = DateTimeOffset.FromUnixTimeMilliseconds(ProvenAt),
        SecondFactor = SecondFactorKinds.Parse(SecondFactor),
        SecondFactorAt = SecondFactorAt is { } proven ? DateTimeOffset.FromUnixTimeMilliseconds(proven) : null,

        // A signal that this program does not know is one to be confirmed, too.
        Challenge = Challenge is null ? null : Enum.TryParse<BindingSignal>(Challenge, out var signal) ? signal : BindingSignal.Proof,
        ChallengedAt = ChallengedAt is { } challenged ? DateTimeOffset.FromUnixTimeMilliseconds(challenged) : null,
    };
}
