using System.Globalization;
using Dashboard.Core.Posture;
using Dashboard.Core.Posture.Checks;

namespace Dashboard.Settings;

/// <summary>Where a finding is put right: the very page of the thing.</summary>
internal static class PostureLinks
{
    private static readonly string[] AboutSecrets = ["CLIENT_SECRET_OLD", "CLIENT_SECRET_NEVER_EXPIRES", "CLIENT_UNUSED"];

    /// <summary>The address for one of the things that a finding is about.</summary>
    /// <param name="rule">What does not hold.</param>
    /// <param name="item">The thing.</param>
    /// <param name="at">When it was looked at.</param>
    /// <param name="who">The operator who looks: whoever has no second factor sets it up in their own account.</param>
    /// <param name="mayEdit">True for those who may change clients.</param>
    public static string Of(PostureRule rule, PostureObject item, DateTimeOffset at, string? who, bool mayEdit) => item.Kind switch
    {
        PostureObjectKind.AgentKey => "/agents?tab=keys",
        PostureObjectKind.AuditLog => "/audit?tab=integrity",
        PostureObjectKind.Client when mayEdit && !AboutSecrets.Contains(rule.Code, StringComparer.Ordinal) =>
            $"/clients/{Uri.EscapeDataString(item.Id)}/edit",
        PostureObjectKind.Client => $"/clients/{Uri.EscapeDataString(item.Id)}",
        PostureObjectKind.Issuer or PostureObjectKind.Key => "/keys",
        PostureObjectKind.Operator when rule.Code is "ADMINISTRATOR_ALONE" => mayEdit ? "/operators/new" : "/operators",
        PostureObjectKind.Operator when item.Name == who => "/account",
        PostureObjectKind.Operator => $"/operators/{Uri.EscapeDataString(item.Id)}",
        PostureObjectKind.RegistrationPolicy => "/clients/registration",
        PostureObjectKind.Scope => new SettingsAddress(SettingsAddress.Scopes).ToString(),
        PostureObjectKind.Tokens => $"/tokens?status=live&never_presented=true&issued_to={DormantBefore(at)}",
        _ => SettingsAddress.OfSetting(item.Id),
    };

    private static string DormantBefore(DateTimeOffset at) => Uri.EscapeDataString(
        DormantTokenCheck.FilterAt(at).IssuedTo!.Value.UtcDateTime
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
