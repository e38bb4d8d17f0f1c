using System.Globalization;
using System.Security.Claims;
using Dashboard.Bearer;

namespace ScopedAgent.Skills;

/// <summary>The four skills. What a caller may not do is an answer, not an error: so agents of this kind say it.</summary>
internal sealed class AgentSkills(SignetScopes scopes)
{
    public static readonly IReadOnlyList<AgentSkill> All =
    [
        new("public_echo", "Public echo", "Says what it was told. For everybody.", ["echo", "public"]) { Answer = Echo },
        new("basic_assistant", "Basic assistant", "Greets its caller. Needs the scope basic.", ["assistant", "basic"]) { Answer = Assist },
        new("premium_analyzer", "Premium analyzer", "Counts what is in a text. Needs the scope premium.", ["analysis", "premium"])
        {
            Answer = Analyze,
        },
        new("admin_status", "Administrative status", "Tells how the agent is. Needs the scope admin.", ["status", "admin"]) { Answer = Status },
    ];

    /// <summary>The answer of a skill; null where there is no such skill.</summary>
    public string? Answer(string skillId, ClaimsPrincipal user, string text) =>
        All.FirstOrDefault(skill => skill.Id == skillId)?.Answer(new Caller(user, scopes), text);

    private static string Echo(Caller caller, string text) => $"Echo: {text} (from user {caller.Name})";

    private static string Assist(Caller caller, string text) =>
        !caller.IsAuthenticated ? "❌ Authentication required to access the basic assistant."
        : !caller.Has("basic") ? Missing("basic", caller)
        : $"👋 Hello {caller.Name}! You said: {text}";

    private static string Analyze(Caller caller, string text) =>
        !caller.IsAuthenticated ? "❌ Authentication required to access the premium analyzer."
        : caller.Has("premium") ? string.Create(
            CultureInfo.InvariantCulture,
            $"📊 Analysis for {caller.Name}: {text.Length} characters, {text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length} words.")
        : caller.Has("basic") ? "❌ Access denied. Premium analyzer requires 'premium' scope. Consider upgrading your access level."
        : Missing("premium", caller);

    private static string Status(Caller caller, string text) =>
        !caller.IsAuthenticated ? "❌ Authentication required for system administration."
        : !caller.Has("admin") ? $"❌ Administrative access denied. Requires 'admin' scope. Current scopes: {caller.Held}"
        : $"🔧 The agent runs, {caller.Name}. You asked: {text}";

    private static string Missing(string scope, Caller caller) =>
        $"❌ Access denied. This feature requires '{scope}' scope. You have: {caller.Held}";
}
