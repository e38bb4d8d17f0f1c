using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients;

/// <summary>
/// What becomes of a client that is changed: decisions alone, nothing is stored. <see cref="ClientUpdate.Changed"/> holds
/// the client as it shall be.
/// </summary>
internal static class ClientEdits
{
    /// <summary>A client has at most so many secrets: one that works and one that takes over, with room for mistakes.</summary>
    public const int MostSecrets = 5;

    /// <summary>A secret that was used within this time is in use.</summary>
    public static readonly TimeSpan InUseFor = TimeSpan.FromDays(7);

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3_650);

    /// <summary>Everything of a client that a draft decides, but for how long it lives.</summary>
    public static Client Apply(Client client, ClientDraft draft) => client with
    {
        Name = draft.Name,
        AuthMethod = draft.AuthMethod,
        GrantTypes = draft.GrantTypes,
        RedirectUris = draft.RedirectUris,
        Scopes = draft.Scopes,
        Resources = draft.Resources,
        AccessTokenLifetime = draft.AccessTokenLifetime,
        RefreshTokenLifetime = draft.RefreshTokenLifetime,
        IsVerified = draft.IsVerified,
        MayIntrospectAll = draft.MayIntrospectAll,
        ExtraClaims = draft.ExtraClaims,
        Details = draft.Details,
    };

    /// <summary>A draft instead of what there is. A client that begins to prove itself with a secret gets one.</summary>
    public static ClientUpdate Update(Client found, ClientDraft draft, long version, DateTimeOffset now)
    {
        if (found.Version != version)
        {
            return new ClientUpdate.Overtaken(found);
        }

        if (ClientMetadataRules.FaultsOf(draft, isSelfRegistered: false) is { Count: > 0 } faults)
        {
            return new ClientUpdate.Invalid(faults);
        }

        var changed = Apply(found, draft);
        if (!changed.AuthMethod.UsesSecret)
        {
            changed = changed with { Secrets = [] };
        }

        if (ClientRow.Of(changed) == ClientRow.Of(found))
        {
            return new ClientUpdate.Already(found);
        }

        if (!changed.AuthMethod.UsesSecret || changed.Secrets is not [])
        {
            return new ClientUpdate.Changed(changed);
        }

        var secret = ClientSecrets.New();
        return new ClientUpdate.Changed(changed with { Secrets = [ClientSecrets.Keep(secret, now, null)] }, secret);
    }

    /// <summary>Lets a client act, or no longer. One that waits for approval is approved or rejected instead.</summary>
    public static ClientUpdate SetEnabled(Client found, bool isEnabled)
    {
        var state = isEnabled ? ClientState.Enabled : ClientState.Disabled;
        return found.State switch
        {
            ClientState.Pending => Invalid("state", "is that of a client which waits for approval: approve or reject it"),
            var now when now == state => new ClientUpdate.Already(found),
            _ => new ClientUpdate.Changed(found with { State = state }),
        };
    }

    public static ClientUpdate Renew(Client found, TimeSpan? lifetime, DateTimeOffset now) =>
        FaultOf(lifetime) is { } fault
            ? new ClientUpdate.Invalid([fault])
            : new ClientUpdate.Changed(found with { ExpiresAt = now + lifetime });

    public static ClientUpdate AddSecret(Client found, TimeSpan? lifetime, DateTimeOffset now)
    {
        if (!found.AuthMethod.UsesSecret)
        {
            return Invalid("token_endpoint_auth_method", "is not one that uses a secret");
        }

        if (found.Secrets.Count >= MostSecrets)
        {
            return Invalid("secrets", $"must be at most {MostSecrets}: delete one first");
        }

        if (FaultOf(lifetime) is { } fault)
        {
            return new ClientUpdate.Invalid([fault]);
        }

        var secret = ClientSecrets.New();
        return new ClientUpdate.Changed(
            found with { Secrets = [.. found.Secrets, ClientSecrets.Keep(secret, now, now + lifetime)] }, secret);
    }

    /// <summary>Takes a secret away. One that is not there is gone already.</summary>
    public static ClientUpdate DeleteSecret(Client found, string secretId, bool force, DateTimeOffset now)
    {
        if (found.Secrets.FirstOrDefault(secret => secret.Id == secretId) is not { } secret)
        {
            return new ClientUpdate.Already(found);
        }

        return !force && IsInUse(found, secret, now)
            ? new ClientUpdate.SecretInUse(secret)
            : new ClientUpdate.Changed(found with { Secrets = [.. found.Secrets.Where(other => other.Id != secretId)] });
    }

    // One that has expired is in nobody's use, whatever it was before.
    private static bool IsInUse(Client client, ClientSecret secret, DateTimeOffset now) =>
        Works(secret, now)
        && (now - secret.LastUsedAt < InUseFor
            || !client.Secrets.Any(other => other.Id != secret.Id && Works(other, now)));

    private static bool Works(ClientSecret secret, DateTimeOffset now) => secret.ExpiresAt is not { } end || now < end;

    /// <summary>Refuses a lifetime that is none; null, for ever, is one.</summary>
    public static FieldFault? FaultOf(TimeSpan? lifetime) => lifetime <= TimeSpan.Zero || lifetime > LongestLifetime
        ? new FieldFault("lifetime", $"must be longer than zero and at most {LongestLifetime.Days} days")
        : null;

    private static ClientUpdate.Invalid Invalid(string field, string message) => new([new FieldFault(field, message)]);
}
