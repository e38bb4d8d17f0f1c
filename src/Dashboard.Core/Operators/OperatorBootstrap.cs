using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Operators;

/// <summary>Gives a store without operators its first one.</summary>
internal sealed class OperatorBootstrap(
    IOperatorStore store,
    OperatorDirectory directory,
    IPasswordHashing hashing,
    IChangeFeed feed,
    IOptions<FirstOperatorOptions> options,
    TimeProvider clock,
    ILogger<OperatorBootstrap> logger)
{
    /// <summary>
    /// Loads the directory, and creates the first operator where there is none. Returns the generated password, to be
    /// shown once on the console and nowhere else; null where none was generated.
    /// </summary>
    /// <exception cref="StartupException">The configured name or password cannot be used.</exception>
    public async Task<GeneratedLogin?> EnsureAsync(CancellationToken cancellationToken)
    {
        await directory.LoadAsync(cancellationToken);
        if (directory.HasAny)
        {
            return null;
        }

        var (userName, password, isGenerated) = Choose(options.Value);
        var first = new OperatorAccount
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"),
            UserName = userName,
            PasswordHash = hashing.Hash(password),
            SecurityStamp = Identifiers.NewId(),
            Role = Roles.Administrator,
            IsEnabled = true,
            MustChangePassword = isGenerated,
            CreatedAt = clock.GetUtcNow(),
        };
        var audit = new AuditEntry(
            Actor.Signet,
            "operator.created",
            "operator",
            first.Id,
            "First start",
            After: AuditJson.Write(("user_name", first.UserName), ("role", first.Role)));
        var added = await store.AddFirstAsync(first, audit, cancellationToken);
        await directory.LoadAsync(cancellationToken);
        if (!added)
        {
            // Another node was faster; its console shows the password.
            return null;
        }

        feed.Publish(new Change(ChangeKind.Operators, first.Id));
        logger.FirstOperatorCreated(first.UserName);
        return isGenerated ? new GeneratedLogin(userName, password) : null;
    }

    private (string UserName, string Password, bool IsGenerated) Choose(FirstOperatorOptions options)
    {
        if (!UserNames.IsValid(options.UserName))
        {
            throw new StartupException(
                $"{FirstOperatorOptions.UserSetting} {UserNames.Rule}.",
                StartupException.WrongSetting);
        }

        if (options.Password is not { Length: > 0 } given)
        {
            return (options.UserName, GeneratedPassword.New(), true);
        }

        // Whoever configures a server decides; what could not even be typed into the form is refused.
        switch (PasswordRules.Check(given, options.UserName))
        {
            case null:
                break;
            case PasswordFault.TooCommon or PasswordFault.ContainsUserName:
                logger.FirstPasswordIsWeak(FirstOperatorOptions.PasswordSetting);
                break;
            case { } fault:
                throw new StartupException(
                    $"{FirstOperatorOptions.PasswordSetting} cannot be used: {PasswordRules.Describe(fault)}",
                    StartupException.WrongSetting);
        }

        return (options.UserName, given, false);
    }
}

/// <summary>A login that was made up. The password is known to nobody else and stored nowhere.</summary>
public sealed record GeneratedLogin(string UserName, string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => UserName;
}
