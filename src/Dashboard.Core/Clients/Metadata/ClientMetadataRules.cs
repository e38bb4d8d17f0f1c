using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>What a registration must look like, whoever asks for it.</summary>
public static class ClientMetadataRules
{
    /// <summary>Every fault, with the RFC 7591 name of its field; empty where the registration can be made.</summary>
    public static IReadOnlyList<FieldFault> FaultsOf(ClientDraft draft, bool isSelfRegistered)
    {
        List<FieldFault> faults = [];
        if (string.IsNullOrWhiteSpace(draft.Name))
        {
            faults.Add(new FieldFault("client_name", "must not be empty"));
        }

        if (draft.GrantTypes.Except(GrantTypes.All, StringComparer.Ordinal).Any())
        {
            faults.Add(new FieldFault("grant_types", $"must be some of {string.Join(", ", GrantTypes.All)}"));
        }

        if (isSelfRegistered && draft.IsVerified)
        {
            faults.Add(new FieldFault("is_verified", "is for administrators to say"));
        }

        return faults;
    }
}
