using Dashboard.Core.Access;
using Dashboard.Core.Operators.SecondFactors;

namespace Dashboard.Core.Operators;

/// <summary>A person who may log in.</summary>
public sealed record OperatorAccount
{
    /// <summary>A version 7 GUID without dashes; never given to another person.</summary>
    public required string Id { get; init; }

    /// <summary>The name as it was chosen; <see cref="UserNames.Normalize"/> decides which names are the same.</summary>
    public required string UserName { get; init; }

    /// <summary>The salted, versioned hash that <see cref="Passwords.IPasswordHashing"/> made.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Changes with password, role and being enabled: a session that carries another one is over.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>One of <see cref="Roles.All"/>.</summary>
    public required string Role { get; init; }

    public required bool IsEnabled { get; init; }

    /// <summary>True where somebody else chose the password: nothing else can be done before it is changed.</summary>
    public required bool MustChangePassword { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public OperatorSecondFactors SecondFactors { get; init; } = OperatorSecondFactors.None;

    /// <summary>Counts the changes: a change starts from a version and is refused where another came first.</summary>
    public long Version { get; init; }

    /// <summary>True for those who may manage everything.</summary>
    public bool IsActiveAdministrator => IsEnabled && Role == Roles.Administrator;

    /// <summary>The name only: a record would print the hash into whatever log it reaches.</summary>
    public override string ToString() => UserName;
}
