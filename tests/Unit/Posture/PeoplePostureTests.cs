using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Posture;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Posture;

/// <summary>Rules about operators and their sessions.</summary>
public sealed class PeoplePostureTests : IAsyncLifetime
{
    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _core = await CoreHost.StartAsync(configure: services => services.AddSingleton<IPasswordHashing, FastHashing>());

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Administrators_without_second_factor_are_found_apart_from_others()
    {
        var anna = await AddAsync("anna", Roles.Administrator);
        var rita = await AddAsync("rita", Roles.Reviewer);
        await AddAsync("sam", Roles.Subject);

        var administrators = (await FindAsync("ADMINISTRATOR_WITHOUT_SECOND_FACTOR"))!;
        var others = (await FindAsync("OPERATOR_WITHOUT_SECOND_FACTOR"))!;
        Assert.Equal((PostureSeverity.High, "anna"), (administrators.Rule.Severity, Assert.Single(administrators.Objects).Name));
        Assert.Equal((PostureSeverity.Medium, "rita"), (others.Rule.Severity, Assert.Single(others.Objects).Name));

        await SecureAsync(anna);
        await SecureAsync(rita);

        Assert.Null(await FindAsync("ADMINISTRATOR_WITHOUT_SECOND_FACTOR"));
        Assert.Null(await FindAsync("OPERATOR_WITHOUT_SECOND_FACTOR"));
    }

    [Fact]
    public async Task Only_administrator_is_found()
    {
        var anna = await AddAsync("anna", Roles.Administrator);
        await AddAsync("rita", Roles.Reviewer);
        Assert.Equal(anna.Id, (await FindAsync("ADMINISTRATOR_ALONE"))!.Objects[0].Id);

        await AddAsync("bert", Roles.Administrator);

        Assert.Null(await FindAsync("ADMINISTRATOR_ALONE"));
    }

    [Theory]
    [InlineData("Enforce", false)]
    [InlineData("Observe", true)]
    [InlineData("Off", true)]
    public async Task Sessions_that_are_not_bound_are_found(string mode, bool isFound)
    {
        await _core.ReopenAsync(("Sessions:Binding:Mode", mode));

        Assert.Equal(isFound, await FindAsync("SESSION_BINDING_OFF") is not null);
    }

    private async Task<OperatorAccount> AddAsync(string name, string role) => Assert.IsType<OperatorCreation.Created>(
        await _core.Get<OperatorAdministration>().CreateAsync(name, role, null, null, Actor.OfCommand("test"), Stop)).Operator;

    private Task<OperatorChangeOutcome> SecureAsync(OperatorAccount account) => _core.Get<OperatorChanges>().ApplyAsync(
        account.Id,
        found => found with { SecondFactors = new OperatorSecondFactors { Authenticator = new Authenticator("sealed", 0, _core.Clock.GetUtcNow()) } },
        null,
        Stop);

    private async Task<PostureFinding?> FindAsync(string code)
    {
        var report = await _core.Get<PostureReader>().ReadAsync(isAnew: true, Stop);
        var finding = report.Findings.SingleOrDefault(found => found.Rule.Code == code);
        Assert.Equal(finding is null ? 1 : 0, report.Kept.Count(rule => rule.Code == code));
        return finding;
    }
}
