using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions.Binding;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Posture.Checks;

/// <summary>Administrators whom a password alone protects.</summary>
internal sealed class AdministratorFactorCheck(OperatorDirectory operators) : IPostureCheck
{
    public PostureRule Rule { get; } = new(
        "ADMINISTRATOR_WITHOUT_SECOND_FACTOR",
        PostureSeverity.High,
        "Every administrator has a second factor.",
        "Administrators have no second factor.",
        "Whoever learns one password owns every key and every client.",
        "Set up a passkey or an authenticator app, and require one of the role (Operators:SecondFactors:RequiredFor).");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) =>
        PostureOffences.Of(WithoutFactor(operators, role => role == Roles.Administrator));

    internal static IEnumerable<PostureObject> WithoutFactor(OperatorDirectory operators, Func<string, bool> isMeant) => operators.All
        .Where(account => account.IsEnabled && isMeant(account.Role) && !account.SecondFactors.Any)
        .Select(account => new PostureObject(PostureObjectKind.Operator, account.Id, account.UserName, account.Role));
}

/// <summary>The same of those who see much and change little.</summary>
internal sealed class OperatorFactorCheck(OperatorDirectory operators) : IPostureCheck
{
    public PostureRule Rule { get; } = new(
        "OPERATOR_WITHOUT_SECOND_FACTOR",
        PostureSeverity.Medium,
        "Every reviewer and supporter has a second factor.",
        "Reviewers or supporters have no second factor.",
        "Whoever learns their password sees every token's subject, and may revoke.",
        "Ask them to set up a passkey or an authenticator app.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) =>
        PostureOffences.Of(AdministratorFactorCheck.WithoutFactor(operators, role => role is Roles.Reviewer or Roles.Support));
}

/// <summary>Nobody to take over.</summary>
internal sealed class SingleAdministratorCheck(OperatorDirectory operators) : IPostureCheck
{
    public PostureRule Rule { get; } = new(
        "ADMINISTRATOR_ALONE",
        PostureSeverity.Low,
        "There are at least two administrators.",
        "There is only one administrator.",
        "Who is locked out or away cannot be let in again, nor their account be shut by somebody else.",
        "Give a second person the role.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) =>
        operators.All.Where(account => account.IsActiveAdministrator).ToList() is [var only]
            ? PostureOffences.Of([new PostureObject(PostureObjectKind.Operator, only.Id, only.UserName)])
            : Task.FromResult(PostureOffences.None);
}

/// <summary>Sessions that a stolen cookie opens elsewhere.</summary>
internal sealed class SessionBindingCheck(IOptions<BindingOptions> binding) : IPostureCheck
{
    private const string Setting = $"{BindingOptions.Section}:{nameof(BindingOptions.Mode)}";

    public PostureRule Rule { get; } = new(
        "SESSION_BINDING_OFF",
        PostureSeverity.Medium,
        "A session that moves to another browser ends.",
        "A session that moves to another browser goes on.",
        "A cookie that was stolen works elsewhere.",
        "Set it to Enforce.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        binding.Value.Mode is BindingMode.Enforce
            ? []
            : [new PostureObject(PostureObjectKind.Setting, Setting, Setting, binding.Value.Mode.ToString())]);
}
