using StackExchange.Redis;

namespace Dashboard.Core.Sessions.Redis;

/// <summary>A session as the fields of a hash, named as the columns of the table.</summary>
internal static class RedisSessionRow
{
    /// <summary>What <see cref="Read"/> takes, in its order.</summary>
    public static readonly RedisValue[] Fields =
    [
        "session", "kind", "operator_id", "user_name", "role", "operator_stamp", "created_at", "last_seen_at", "ends_at",
        "ip", "user_agent", "binding", "ended_at", "ended_reason",
        "proven_at", "second_factor", "second_factor_at", "challenge", "challenged_at",
    ];

    /// <summary>Names and values of a new session; what is null has no field.</summary>
    public static IEnumerable<RedisValue> Write(Session session, byte[]? secretHash)
    {
        (string Name, RedisValue Value)[] fields =
        [
            ("session", session.Name),
            ("secret_hash", secretHash),
            ("kind", SessionKinds.NameOf(session.Kind)),
            ("operator_id", session.OperatorId),
            ("user_name", session.UserName),
            ("role", session.Role),
            ("operator_stamp", session.OperatorStamp),
            ("created_at", session.CreatedAt.ToUnixTimeMilliseconds()),
            ("last_seen_at", session.LastSeenAt.ToUnixTimeMilliseconds()),
            ("ends_at", session.EndsAt.ToUnixTimeMilliseconds()),
            ("ip", session.Ip),
            ("user_agent", session.UserAgent),
            ("binding", session.Binding.ToJson()),
            ("proven_at", session.ProvenAt.ToUnixTimeMilliseconds()),
            ("second_factor", session.SecondFactor?.Code),
            ("second_factor_at", session.SecondFactorAt?.ToUnixTimeMilliseconds()),
        ];
        return fields.Where(field => !field.Value.IsNull).SelectMany(field => new RedisValue[] { field.Name, field.Value });
    }

    /// <summary>Null where there is no such session.</summary>
    public static Session? Read(RedisValue[] values) => values[0].IsNull
        ? null
        : new SessionRow(
            values[0]!,
            values[1]!,
            values[2]!,
            values[3]!,
            values[4]!,
            values[5]!,
            (long)values[6],
            (long)values[7],
            (long)values[8],
            values[9],
            values[10],
            values[11]!,
            (long?)values[12],
            values[13],
            (long)values[14],
            values[15],
            (long?)values[16],
            values[17],
            (long?)values[18]).ToSession();
}
