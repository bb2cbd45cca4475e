"""The site around the applications.

settings        one file that works with an empty environment; env: the only reader of the environment
apps, admin_site                the admin, with choices called as their own pages say it
page_cache      public pages, kept until the data has another version
statement_limit stops a statement that takes too long
database_failures               what is said then, and while the database is away
request_gate    what is turned away before anybody reads it; problem_answers: as the interface says so
rate_limit      searches and forms a minute of one visitor; security_headers: those that Django has no setting for
language, text_size             what a reader chose; preferences: the cookies that keep it
translations    compiles and checks the translations
health          what a load balancer asks
wsgi            the application that gunicorn serves
"""
