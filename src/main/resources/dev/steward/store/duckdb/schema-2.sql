alter table spans add column sender varchar;
