using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>What a client may say of itself.</summary>
internal static class ClientDescriptionRules
{
    public const string Native = "native";
    public const string Web = "web";

    private const int MostContacts = 10;

    public static void Check(List<FieldFault> faults, ClientDraft draft, bool isSelfRegistered)
    {
        var details = draft.Details;
        CheckText(faults, "client_name", draft.Name);
        CheckText(faults, "software_id", details.SoftwareId);
        CheckText(faults, "software_version", details.SoftwareVersion);
        CheckUri(faults, "client_uri", details.ClientUri, isSelfRegistered);
        CheckUri(faults, "logo_uri", details.LogoUri, isSelfRegistered);
        CheckUri(faults, "tos_uri", details.TosUri, isSelfRegistered);
        CheckUri(faults, "policy_uri", details.PolicyUri, isSelfRegistered);
        CheckContacts(faults, details.Contacts);
        if (details.ApplicationType is not (Web or Native))
        {
            faults.Add(new FieldFault("application_type", $"must be {Web} or {Native}"));
        }
    }

    /// <summary>What is wrong with the address of a page or key set; null where nothing is.</summary>
    public static string? FaultOfUri(string uri, bool mustBePublic) => StrictUri.Parse(uri, out var fault) switch
    {
        null => fault,
        { Scheme: "https", Host: { } host } =>
            !mustBePublic || PublicHosts.Allows(host) ? null : "must have a host in the public internet",
        _ => "must use https",
    };

    private static void CheckContacts(List<FieldFault> faults, IReadOnlyList<string> contacts)
    {
        if (contacts.Count > MostContacts)
        {
            faults.Add(new FieldFault("contacts", $"must hold at most {MostContacts}"));
            return;
        }

        for (var index = 0; index < contacts.Count; index++)
        {
            CheckText(faults, $"contacts[{index}]", contacts[index]);
        }
    }

    private static void CheckText(List<FieldFault> faults, string field, string? text)
    {
        if (text is not null && ClientTextRules.FaultOf(text) is { } fault)
        {
            faults.Add(new FieldFault(field, fault));
        }
    }

    private static void CheckUri(List<FieldFault> faults, string field, string? uri, bool mustBePublic)
    {
        if (uri is not null && FaultOfUri(uri, mustBePublic) is { } fault)
        {
            faults.Add(new FieldFault(field, fault));
        }
    }
}
