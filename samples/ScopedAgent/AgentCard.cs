using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using ScopedAgent.Skills;

namespace ScopedAgent;

/// <summary>The card by which other agents find out what this one does and how it is called (A2A 0.3).</summary>
internal static class AgentCard
{
    private const string Scheme = "BearerAuth";

    // Agents of before version 0.3 look at the first.
    private static readonly string[] Paths = ["/.well-known/agent.json", "/.well-known/agent-card.json"];

    private static readonly string[] Text = ["text"];

    public static void MapAgentCard(this WebApplication app)
    {
        foreach (var path in Paths)
        {
            app.MapGet(path, (HttpRequest request, IOptions<AgentOptions> options) => Of(request, options.Value)).AllowAnonymous();
        }
    }

    public static void MapHealth(this WebApplication app) => app
        .MapGet("/health", (IOptions<AgentOptions> options, TimeProvider clock) =>
            new { status = "healthy", agent = options.Value.Name, timestamp = clock.GetUtcNow() })
        .AllowAnonymous();

    private static object Of(HttpRequest request, AgentOptions options) => new
    {
        protocolVersion = "0.3.0",
        name = options.Name,
        description = "An agent whose skills ask for scopes of Signet.",
        version = "0.1.0",
        url = options.Url?.ToString() ?? $"{request.Scheme}://{request.Host}/",
        preferredTransport = "JSONRPC",
        capabilities = new { streaming = false, pushNotifications = false, stateTransitionHistory = false },
        defaultInputModes = Text,
        defaultOutputModes = Text,
        skills = AgentSkills.All.Select(skill => new
        {
            id = skill.Id,
            name = skill.Name,
            description = skill.Description,
            tags = skill.Tags,
            inputModes = Text,
            outputModes = Text,
        }),

        // A name, not a member: it stays as it is written.
        securitySchemes = new Dictionary<string, object>(StringComparer.Ordinal) { [Scheme] = new BearerScheme() },
        security = new[] { new Dictionary<string, string[]>(StringComparer.Ordinal) { [Scheme] = [] } },
    };

    /// <summary>As AgentUp writes it, with its format said to be none.</summary>
    private sealed class BearerScheme
    {
        public string Type { get; } = "http";

        [JsonPropertyName("scheme")]
        public string SchemeName { get; } = "bearer";

        public string Description { get; } = "Bearer token for authentication";

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public string? BearerFormat { get; }
    }
}
