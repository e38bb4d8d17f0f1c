using Dashboard.Bearer;
using ScopedAgent;
using ScopedAgent.Rpc;
using ScopedAgent.Skills;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = 64 * 1024);
builder.Services.AddSignetBearer(options => builder.Configuration.GetSection("Signet").Bind(options));
builder.Services.AddOptions<AgentOptions>().BindConfiguration(AgentOptions.Section);
builder.Services.AddSingleton<AgentSkills>();
builder.Services.AddSingleton<AgentRpc>();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapAgentCard();
app.MapAgentRpc();
app.MapHealth();
await app.RunAsync();
